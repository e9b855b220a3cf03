import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { NeedsRecentProof } from '../recent-proof/needsRecentProof.ts'
import { requireLogin } from './requireLogin.ts'
import { RevokeLoginInput, RevokeLoginsInput } from './revokeLogins.input.ts'
import { RevokeLoginPayload, RevokeLoginsPayload } from './revokeLogins.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class RevokeLoginsResolver {
  @NeedsRecentProof()
  @ForKeys('NONE')
  @Mutation(() => RevokeLoginPayload, {
    description: 'Ends one login of the viewer, which may be this one. Needs a recent proof.',
  })
  revokeLogin(
    @Arg('input', () => RevokeLoginInput, { description: 'Which login ends.' }) { id }: RevokeLoginInput,
    @Ctx() context: IdentityContext,
  ): Promise<RevokeLoginPayload> {
    const { em, client, identity } = context
    return withUserErrors({}, async () => {
      await identity.revokeLogins.one(em, requireLogin(context), { id, client })
      return {}
    })
  }

  @NeedsRecentProof()
  @ForKeys('NONE')
  @Mutation(() => RevokeLoginsPayload, {
    description:
      'Ends every login of the viewer but the one that this request was made with. Needs a recent proof.',
  })
  revokeOtherLogins(
    @Arg('input', () => RevokeLoginsInput, {
      nullable: true,
      description: 'What ends besides; nothing when it is left out.',
    })
    input: RevokeLoginsInput | null | undefined,
    @Ctx() context: IdentityContext,
  ): Promise<RevokeLoginsPayload> {
    const { em, client, requestId, identity } = context
    const revokeApiKeys = input?.revokeApiKeys ?? false
    return withUserErrors<Omit<RevokeLoginsPayload, 'userErrors'>>({ deviceToken: null }, () =>
      identity.revokeLogins.others(em, requireLogin(context), { revokeApiKeys, client, requestId }),
    )
  }

  @NeedsRecentProof()
  @ForKeys('NONE')
  @Mutation(() => RevokeLoginsPayload, {
    description: 'Ends every login of the viewer, this one too. Needs a recent proof.',
  })
  revokeAllLogins(
    @Arg('input', () => RevokeLoginsInput, {
      nullable: true,
      description: 'What ends besides; nothing when it is left out.',
    })
    input: RevokeLoginsInput | null | undefined,
    @Ctx() context: IdentityContext,
  ): Promise<RevokeLoginsPayload> {
    const { em, client, requestId, identity } = context
    const revokeApiKeys = input?.revokeApiKeys ?? false
    return withUserErrors({ deviceToken: null }, async () => {
      await identity.revokeLogins.all(em, requireLogin(context), { revokeApiKeys, client, requestId })
      return { deviceToken: null }
    })
  }
}
