import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import {
  RequestPasswordResetInput,
  requestPasswordResetInput,
  ResetPasswordInput,
  resetPasswordInput,
} from './passwordReset.input.ts'
import { RequestPasswordResetPayload, ResetPasswordPayload } from './passwordReset.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class PasswordResetResolver {
  @ForKeys('NONE')
  @Mutation(() => RequestPasswordResetPayload, {
    description: 'Sends a reset link. The answer never tells whether the address has a user.',
  })
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Who forgot their password.' })
    input: RequestPasswordResetInput,
    @Ctx() { em, client, requestId, identity }: IdentityContext,
  ): Promise<RequestPasswordResetPayload> {
    return withUserErrors({}, async () => {
      const { email } = parseInput(requestPasswordResetInput, input)
      await identity.passwordReset.request(em, { email, client, requestId })
      return {}
    })
  }

  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => ResetPasswordPayload, {
    description: 'Sets a new password with the token of a reset link and ends every login. Signs no one in.',
  })
  resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: "The link's token, and the new password." })
    input: ResetPasswordInput,
    @Ctx() { em, client, requestId, identity }: IdentityContext,
  ): Promise<ResetPasswordPayload> {
    return withUserErrors<Omit<ResetPasswordPayload, 'userErrors'>>({ deviceToken: null }, async () => {
      const reset = parseInput(resetPasswordInput, input)
      return identity.passwordReset.reset(em, { ...reset, client, requestId })
    })
  }
}
