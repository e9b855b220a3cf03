import { publicId } from '@wellness/domain/publicId'
import { Arg, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { UserErrorType } from '../../platform/graphql/userError.type.ts'
import { requireViewer } from '../identity/logins/requireViewer.ts'
import { UserType } from '../identity/users/user.type.ts'
import { sessionErrors } from './session.errors.ts'
import { SessionType } from './session.type.ts'
import type { SessionsContext } from './sessions.context.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

@InputType({ description: 'Which session to end.' })
class EndSessionInput {
  @Field(() => ID, { description: "The session's id." })
  id!: string
}

@ObjectType({ simpleResolvers: true, description: 'What endSession did.' })
class EndSessionPayload {
  @ForKeys('SESSIONS_WRITE', { shows: 'SESSIONS_READ' })
  @Field(() => SessionType, {
    nullable: true,
    description: 'The session as it stands; null when there is none with this id.',
  })
  session!: SessionType | null

  @ForKeys('SESSIONS_WRITE')
  @Field(() => [UserErrorType], { description: 'What the caller can put right; empty when it worked.' })
  userErrors!: UserErrorType[]
}

@Resolver()
export class EndSessionResolver {
  @Extensions({ isRepeatable: true })
  @ForKeys('SESSIONS_WRITE')
  @Mutation(() => EndSessionPayload, {
    description:
      'Ends a session and settles its duration, once. Ending one that is over is no error: the answer is the session as it stands.',
  })
  async endSession(
    @Arg('input', () => EndSessionInput, { description: 'Which one.' }) { id }: EndSessionInput,
    @Ctx() context: SessionsContext,
  ): Promise<EndSessionPayload> {
    const viewer = requireViewer(context)
    const uuid = publicId.parse('session', id)
    const session = uuid && (await context.sessions.end(viewer.userId, uuid))
    if (!session) return { session: null, userErrors: [sessionErrors.notFound] }
    return { session: SessionType.from(session, UserType.from(viewer.user)), userErrors: [] }
  }
}
