import { Ctx, Mutation, Resolver } from 'type-graphql'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { NeedsRecentProof } from '../recent-proof/needsRecentProof.ts'
import { requireViewer } from './requireViewer.ts'
import { RevokeLoginsPayload } from './revokeLogins.type.ts'

@Resolver()
export class RevokeLoginsResolver {
  @NeedsRecentProof()
  @Mutation(() => RevokeLoginsPayload, {
    description:
      'Ends every login of the viewer but the one that this request was made with. Needs a recent proof.',
  })
  revokeOtherLogins(@Ctx() context: IdentityContext): Promise<RevokeLoginsPayload> {
    const { em, client, identity } = context
    return withUserErrors({}, async () => {
      await identity.revokeLogins.others(em, requireViewer(context), client)
      return {}
    })
  }

  @NeedsRecentProof()
  @Mutation(() => RevokeLoginsPayload, {
    description: 'Ends every login of the viewer, this one too. Needs a recent proof.',
  })
  revokeAllLogins(@Ctx() context: IdentityContext): Promise<RevokeLoginsPayload> {
    const { em, client, identity } = context
    return withUserErrors({}, async () => {
      await identity.revokeLogins.all(em, requireViewer(context), client)
      return {}
    })
  }
}
