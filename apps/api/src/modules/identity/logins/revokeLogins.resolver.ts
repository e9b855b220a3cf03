import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { NeedsRecentProof } from '../recent-proof/needsRecentProof.ts'
import { requireViewer } from './requireViewer.ts'
import { RevokeLoginInput } from './revokeLogins.input.ts'
import { RevokeLoginPayload, RevokeLoginsPayload } from './revokeLogins.type.ts'

@Resolver()
export class RevokeLoginsResolver {
  @NeedsRecentProof()
  @Mutation(() => RevokeLoginPayload, {
    description: 'Ends one login of the viewer, which may be this one. Needs a recent proof.',
  })
  revokeLogin(
    @Arg('input', () => RevokeLoginInput, { description: 'Which login ends.' }) { id }: RevokeLoginInput,
    @Ctx() context: IdentityContext,
  ): Promise<RevokeLoginPayload> {
    const { em, client, identity } = context
    return withUserErrors({}, async () => {
      await identity.revokeLogins.one(em, requireViewer(context), { id, client })
      return {}
    })
  }

  @NeedsRecentProof()
  @Mutation(() => RevokeLoginsPayload, {
    description:
      'Ends every login of the viewer but the one that this request was made with. Needs a recent proof.',
  })
  revokeOtherLogins(@Ctx() context: IdentityContext): Promise<RevokeLoginsPayload> {
    const { em, client, identity } = context
    return withUserErrors<Omit<RevokeLoginsPayload, 'userErrors'>>({ deviceToken: null }, () =>
      identity.revokeLogins.others(em, requireViewer(context), client),
    )
  }

  @NeedsRecentProof()
  @Mutation(() => RevokeLoginsPayload, {
    description: 'Ends every login of the viewer, this one too. Needs a recent proof.',
  })
  revokeAllLogins(@Ctx() context: IdentityContext): Promise<RevokeLoginsPayload> {
    const { em, client, identity } = context
    return withUserErrors({ deviceToken: null }, async () => {
      await identity.revokeLogins.all(em, requireViewer(context), client)
      return { deviceToken: null }
    })
  }
}
