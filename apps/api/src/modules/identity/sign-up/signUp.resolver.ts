import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { byLogin } from '../logins/byLogin.ts'
import { UserType } from '../users/user.type.ts'
import {
  CompleteSignUpInput,
  completeSignUpInput,
  RequestSignUpInput,
  requestSignUpInput,
} from './signUp.input.ts'
import { CompleteSignUpPayload, RequestSignUpPayload } from './signUp.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class SignUpResolver {
  @ForKeys('NONE')
  @Mutation(() => RequestSignUpPayload, {
    description:
      'Sends a sign-up link to the address. The answer never tells whether the address already has a user.',
  })
  requestSignUp(
    @Arg('input', () => RequestSignUpInput, { description: 'Who wants to sign up.' })
    input: RequestSignUpInput,
    @Ctx() { em, client, requestId, identity }: IdentityContext,
  ): Promise<RequestSignUpPayload> {
    return withUserErrors({}, async () => {
      const { email } = parseInput(requestSignUpInput, input)
      await identity.signUp.request(em, { email, client, requestId })
      return {}
    })
  }

  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => CompleteSignUpPayload, {
    description: 'Creates the user that a sign-up link was sent for, and signs them in.',
  })
  completeSignUp(
    @Arg('input', () => CompleteSignUpInput, { description: "The link's token, and the new user." })
    input: CompleteSignUpInput,
    @Ctx() { em, client, viewer, identity }: IdentityContext,
  ): Promise<CompleteSignUpPayload> {
    return withUserErrors<Omit<CompleteSignUpPayload, 'userErrors'>>(
      { user: null, token: null, expiresAt: null, deviceToken: null },
      async () => {
        const completion = parseInput(completeSignUpInput, input)
        const { user, ...login } = await identity.signUp.complete(em, {
          ...completion,
          client,
          viewer: byLogin(viewer),
        })
        return { user: UserType.from(user), ...login }
      },
    )
  }
}
