import { SignInDocument } from '@wellness/api-client/operations'
import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { apiFor } from './api.ts'
import { deviceCookie } from './deviceCookie.ts'
import type { RouteArgs } from './loadContext.ts'
import { requireNewLogin } from './newLogin.ts'
import type { NewLogin } from './newLogin.ts'

/** The seam of signing in: each way in is a strategy that ends in a NewLogin, or throws FormRefusal. */
export function authenticatorFor(args: RouteArgs): Authenticator<NewLogin> {
  return new Authenticator<NewLogin>().use(
    new FormStrategy<NewLogin>(async ({ form }) => {
      const input = {
        email: String(form.get('email')),
        password: String(form.get('password')),
        deviceToken: deviceCookie.find(args.request, args.context.config),
      }
      const { signIn } = await apiFor(args, null).request(SignInDocument, { input })
      return requireNewLogin(signIn)
    }),
  )
}
