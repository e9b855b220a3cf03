import { publicId } from '@wellness/domain/publicId'
import { Arg, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { DateTimeScalar } from '../../platform/graphql/scalars/dateTime.scalar.ts'
import { UserErrorType } from '../../platform/graphql/userError.type.ts'
import { requireViewer } from '../identity/logins/requireViewer.ts'
import { UserType } from '../identity/users/user.type.ts'
import { sessionErrors } from './session.errors.ts'
import { SessionType } from './session.type.ts'
import type { SessionsContext } from './sessions.context.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

@InputType({ description: 'Which session to keep alive.' })
class RefreshSessionInput {
  @Field(() => ID, { description: "The session's id." })
  id!: string
}

@ObjectType({ simpleResolvers: true, description: 'What refreshSession did.' })
class RefreshSessionPayload {
  @ForKeys('SESSIONS_WRITE', { shows: 'SESSIONS_READ' })
  @Field(() => SessionType, {
    nullable: true,
    description: 'The session as it stands; null when there is none with this id.',
  })
  session!: SessionType | null

  @ForKeys('SESSIONS_WRITE')
  @Field(() => DateTimeScalar, {
    description: "The server's clock at the answer, so that a client with a wrong clock can count.",
  })
  serverTime!: Date

  @ForKeys('SESSIONS_WRITE')
  @Field(() => [UserErrorType], { description: 'What the caller can put right; empty when it worked.' })
  userErrors!: UserErrorType[]
}

@Resolver()
export class RefreshSessionResolver {
  @Extensions({ isRepeatable: true })
  @ForKeys('SESSIONS_WRITE')
  @Mutation(() => RefreshSessionPayload, {
    description:
      'Keeps a live session alive for another hour. Never revives one that is over: SESSION_OVER, with the session as it stands.',
  })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'Which one.' }) { id }: RefreshSessionInput,
    @Ctx() context: SessionsContext,
  ): Promise<RefreshSessionPayload> {
    const viewer = requireViewer(context)
    const uuid = publicId.parse('session', id)
    const session = uuid && (await context.sessions.refresh(viewer.userId, uuid))
    const serverTime = context.sessions.now()
    if (!session) return { session: null, serverTime, userErrors: [sessionErrors.notFound] }
    return {
      session: SessionType.from(session, UserType.from(viewer.user)),
      serverTime,
      userErrors: session.endedAt ? [sessionErrors.over] : [],
    }
  }
}
