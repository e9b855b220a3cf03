import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { ChangePasswordInput, changePasswordInput } from './changePassword.input.ts'
import { ChangePasswordPayload } from './changePassword.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class ChangePasswordResolver {
  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => ChangePasswordPayload, {
    description:
      'The current password is the proof. Ends every other login, and answers with a new token for this one.',
  })
  changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The old password and the new one.' })
    input: ChangePasswordInput,
    @Ctx() context: IdentityContext,
  ): Promise<ChangePasswordPayload> {
    const { em, client, requestId, identity } = context
    const viewer = requireLogin(context)
    return withUserErrors<Omit<ChangePasswordPayload, 'userErrors'>>(
      { token: null, expiresAt: null, deviceToken: null },
      async () => {
        const change = parseInput(changePasswordInput, input)
        return identity.changePassword.change(em, { ...change, viewer, client, requestId })
      },
    )
  }
}
