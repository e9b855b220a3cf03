import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { ConnectionArguments } from '../../../platform/graphql/connectionArguments.ts'
import type { IdentityContext } from '../identity.context.ts'
import { refuseApiKey } from '../logins/refuseApiKey.ts'
import { UserType } from '../users/user.type.ts'
import { SecurityEventType } from './securityEvent.type.ts'
import { SecurityEventConnectionType } from './securityEventConnection.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver(() => UserType)
export class UserSecurityEventsResolver {
  @ForKeys('NONE')
  @FieldResolver(() => SecurityEventConnectionType, {
    description:
      'What happened to the safety of the account, newest first; only one’s own. Exactly one of first and last is required, 1 to 100; anything else is BAD_USER_INPUT.',
  })
  async securityEvents(
    @Root() user: UserType,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: IdentityContext,
  ): Promise<SecurityEventConnectionType> {
    refuseApiKey(context)
    const { securityEventPages, securityEventCursors } = context
    const request = ConnectionArguments.read(page, securityEventCursors)
    const { rows, ...ends } = await securityEventPages.read(user.uuid, request)
    const edges = rows.map(({ event, position }) => ({
      node: SecurityEventType.from(event),
      cursor: securityEventCursors.encode(position),
    }))
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      pageInfo: {
        ...ends,
        startCursor: edges.at(0)?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    }
  }
}
