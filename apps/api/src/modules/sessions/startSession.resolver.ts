import { timeZone } from '@wellness/domain/timeZone'
import { Arg, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { parseInput } from '../../platform/graphql/parseInput.ts'
import { DateTimeScalar } from '../../platform/graphql/scalars/dateTime.scalar.ts'
import { UserErrorType } from '../../platform/graphql/userError.type.ts'
import { withUserErrors } from '../../platform/graphql/withUserErrors.ts'
import { requireViewer } from '../identity/logins/requireViewer.ts'
import { UserType } from '../identity/users/user.type.ts'
import { SessionType } from './session.type.ts'
import type { SessionsContext } from './sessions.context.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

@InputType({ description: 'How a session starts.' })
class StartSessionInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'A UUID that the client makes: the same one again answers with the same session, live or over, and alreadyLive false.',
  })
  clientSessionId?: string | null

  @Field(() => String, { nullable: true, description: 'An IANA time zone name. UTC when left out.' })
  timeZone?: string | null
}

@ObjectType({ simpleResolvers: true, description: 'What startSession did.' })
class StartSessionPayload {
  @ForKeys('SESSIONS_WRITE', { shows: 'SESSIONS_READ' })
  @Field(() => SessionType, {
    nullable: true,
    description: 'The session that was started, or the one that is live. Null beside userErrors.',
  })
  session!: SessionType | null

  @ForKeys('SESSIONS_WRITE')
  @Field(() => Boolean, {
    description:
      'True when the answer is a live session that was started before with another clientSessionId.',
  })
  alreadyLive!: boolean

  @ForKeys('SESSIONS_WRITE')
  @Field(() => DateTimeScalar, {
    description: "The server's clock at the answer, so that a client with a wrong clock can count.",
  })
  serverTime!: Date

  @ForKeys('SESSIONS_WRITE')
  @Field(() => [UserErrorType], { description: 'What the caller can put right; empty when it worked.' })
  userErrors!: UserErrorType[]
}

const input = z.object({
  clientSessionId: z.guid('A clientSessionId is a UUID.').toLowerCase().nullish(),
  timeZone: timeZone.nullish(),
})

@Resolver()
export class StartSessionResolver {
  @Extensions({ isRepeatable: 'clientSessionId' })
  @ForKeys('SESSIONS_WRITE')
  @Mutation(() => StartSessionPayload, {
    description: 'Starts a session, or answers with the live one: a user has at most one.',
  })
  async startSession(
    @Arg('input', () => StartSessionInput, { description: 'How it starts.' }) raw: StartSessionInput,
    @Ctx() context: SessionsContext,
  ): Promise<StartSessionPayload> {
    const viewer = requireViewer(context)
    const payload = await withUserErrors<Pick<StartSessionPayload, 'session' | 'alreadyLive'>>(
      { session: null, alreadyLive: false },
      async () => {
        const { clientSessionId, timeZone } = parseInput(input, raw)
        const { session, alreadyLive } = await context.sessions.start(viewer.userId, {
          clientSessionId: clientSessionId ?? null,
          timeZone: timeZone ?? 'UTC',
        })
        return { session: SessionType.from(session, UserType.from(viewer.user)), alreadyLive }
      },
    )
    return { ...payload, serverTime: context.sessions.now() }
  }
}
