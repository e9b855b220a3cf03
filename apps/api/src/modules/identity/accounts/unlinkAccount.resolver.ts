import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { NeedsRecentProof } from '../recent-proof/needsRecentProof.ts'
import { UserType } from '../users/user.type.ts'
import { UnlinkAccountInput } from './unlinkAccount.input.ts'
import { UnlinkAccountPayload } from './unlinkAccount.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class UnlinkAccountResolver {
  @NeedsRecentProof()
  @ForKeys('NONE')
  @Mutation(() => UnlinkAccountPayload, {
    description:
      'Unlinks an account of a sign-in provider, and ends every other login. The last way to sign in stays. Needs a recent proof.',
  })
  unlinkAccount(
    @Arg('input', () => UnlinkAccountInput, { description: 'Which one.' }) input: UnlinkAccountInput,
    @Ctx() context: IdentityContext,
  ): Promise<UnlinkAccountPayload> {
    const { em, client, requestId, identity } = context
    const viewer = requireLogin(context)
    return withUserErrors<Omit<UnlinkAccountPayload, 'userErrors'>>(
      { user: null, deviceToken: null },
      async () => {
        const { deviceToken } = await identity.unlinkAccount.unlink(em, {
          ...input,
          viewer,
          client,
          requestId,
        })
        return { user: UserType.from(viewer.user), deviceToken }
      },
    )
  }
}
