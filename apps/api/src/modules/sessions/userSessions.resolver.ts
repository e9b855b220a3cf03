import { Args, ArgsType, Ctx, Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql'
import { ConnectionArguments } from '../../platform/graphql/connectionArguments.ts'
import { DateScalar } from '../../platform/graphql/scalars/date.scalar.ts'
import { UserType } from '../identity/users/user.type.ts'
import { SessionType } from './session.type.ts'
import { SessionConnectionType } from './sessionConnection.type.ts'
import type { SessionsContext } from './sessions.context.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

@InputType('SessionFilter', {
  description: "Days are those of the session's own time zone; both ends are included.",
})
class SessionFilterInput {
  @Field(() => DateScalar, { nullable: true, description: 'The first day; open when left out.' })
  from?: string | null

  @Field(() => DateScalar, { nullable: true, description: 'The last day; open when left out.' })
  to?: string | null
}

@ArgsType()
class SessionsArguments extends ConnectionArguments {
  @Field(() => SessionFilterInput, { nullable: true, description: 'Which sessions; all when left out.' })
  filter?: SessionFilterInput | null
}

@Resolver(() => UserType)
export class UserSessionsResolver {
  @ForKeys('SESSIONS_READ')
  @FieldResolver(() => SessionType, {
    nullable: true,
    description: 'The session that is running now, if any. A user has at most one.',
  })
  async liveSession(
    @Root() user: UserType,
    @Ctx() { sessions }: SessionsContext,
  ): Promise<SessionType | null> {
    const session = await sessions.findLive(user.uuid)
    return session && SessionType.from(session, user)
  }

  @ForKeys('SESSIONS_READ')
  @FieldResolver(() => SessionConnectionType, {
    description:
      'Newest first. Exactly one of first and last is required, 1 to 100; anything else is BAD_USER_INPUT.',
  })
  async sessions(
    @Root() user: UserType,
    @Args(() => SessionsArguments) { filter, ...page }: SessionsArguments,
    @Ctx() { sessions, sessionPages, sessionCursors }: SessionsContext,
  ): Promise<SessionConnectionType> {
    const days = filter ?? {}
    const request = ConnectionArguments.read(page, sessionCursors)
    const { rows, ...ends } = await sessionPages.read(user.uuid, days, request)
    const views = await sessions.settleAll(rows.map(({ session }) => session))
    const nodes = views.map((session) => SessionType.from(session, user))
    // Getters: a cursor is signed, and an edge made, only when somebody asks for it.
    const cursorOf = (index: number) => {
      const id = views.at(index)?.id
      const position = rows.find(({ session }) => session.id === id)?.position
      return position ? sessionCursors.encode(position) : null
    }
    return {
      nodes,
      get edges() {
        return nodes.map((node, index) => ({
          node,
          get cursor() {
            return cursorOf(index) as string
          },
        }))
      },
      pageInfo: {
        ...ends,
        get startCursor() {
          return cursorOf(0)
        },
        get endCursor() {
          return cursorOf(-1)
        },
      },
      get totalCount() {
        return sessionPages.count(user.uuid, days)
      },
    }
  }
}
