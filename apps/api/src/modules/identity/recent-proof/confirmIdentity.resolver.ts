import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { ConfirmIdentityInput, confirmIdentityInput } from './confirmIdentity.input.ts'
import { ConfirmIdentityPayload } from './confirmIdentity.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class ConfirmIdentityResolver {
  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => ConfirmIdentityPayload, {
    description:
      'Proves identity again; sensitive mutations work for five minutes after, as they do after a sign-in. Answers with a new token, and the old one ends.',
  })
  confirmIdentity(
    @Arg('input', () => ConfirmIdentityInput, { description: 'The proof.' }) input: ConfirmIdentityInput,
    @Ctx() context: IdentityContext,
  ): Promise<ConfirmIdentityPayload> {
    const { em, client, requestId, identity } = context
    const viewer = requireLogin(context)
    return withUserErrors<Omit<ConfirmIdentityPayload, 'userErrors'>>(
      { token: null, expiresAt: null },
      async () => {
        const proof = parseInput(confirmIdentityInput, input)
        return identity.confirmIdentity.confirm(em, { ...proof, viewer, client, requestId })
      },
    )
  }
}
