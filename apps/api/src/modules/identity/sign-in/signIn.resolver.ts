import { Arg, Ctx, Extensions, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { byLogin } from '../logins/byLogin.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { UserType } from '../users/user.type.ts'
import { SignInInput, signInInput } from './signIn.input.ts'
import { SignInPayload, SignOutPayload } from './signIn.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class SignInResolver {
  @Extensions({ checksCredential: true })
  @ForKeys('NONE')
  @Mutation(() => SignInPayload, {
    description: 'Signs in with address and password. A login that the request came with ends.',
  })
  signIn(
    @Arg('input', () => SignInInput, { description: 'Who signs in.' }) input: SignInInput,
    @Ctx() { em, client, requestId, viewer, identity }: IdentityContext,
  ): Promise<SignInPayload> {
    return withUserErrors<Omit<SignInPayload, 'userErrors'>>(
      { user: null, token: null, expiresAt: null, deviceToken: null },
      async () => {
        const { email, password, deviceToken } = parseInput(signInInput, input)
        const { user, ...login } = await identity.signIn.signIn(em, {
          email,
          password,
          deviceToken,
          client,
          requestId,
          viewer: byLogin(viewer),
        })
        return { user: UserType.from(user), ...login }
      },
    )
  }

  @ForKeys('NONE')
  @Mutation(() => SignOutPayload, { description: 'Ends the login that this request was made with.' })
  signOut(@Ctx() context: IdentityContext): Promise<SignOutPayload> {
    return withUserErrors({}, async () => {
      await context.identity.logins.end(context.em, requireLogin(context), context.client)
      return {}
    })
  }
}
