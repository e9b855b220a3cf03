import { redirect } from '@remix-run/node'
import type { TypedResponse } from '@remix-run/node'
import { SignInDocument, SignOutDocument } from '@wellness/api-client/generated/graphql'
import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { apiFor } from './api.ts'
import { FormRefusal } from './formRefusal.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'

/** A login that was just made. */
export interface NewLogin {
  token: string
  expiresAt: string
}

/** The seam of signing in: each way in is a strategy that ends in a NewLogin, or throws FormRefusal. */
export function authenticatorFor(args: RouteArgs): Authenticator<NewLogin> {
  return new Authenticator<NewLogin>().use(
    new FormStrategy<NewLogin>(async ({ form }) => {
      const input = { email: String(form.get('email')), password: String(form.get('password')) }
      const { signIn } = await apiFor(args, null).request(SignInDocument, { input })
      return requireNewLogin(signIn)
    }),
  )
}

/** What the API's answers to signing in and up have in common. */
export function requireNewLogin(payload: {
  token: string | null
  expiresAt: string | null
  userErrors: FormRefusal['userErrors']
}): NewLogin {
  FormRefusal.throwIfAny(payload.userErrors)
  const { token, expiresAt } = payload
  if (!token || !expiresAt) throw new Error('The API answered neither a login nor an error')
  return { token, expiresAt }
}

/** Keeps the login in the browser and goes on. A login that was there before ends, since nothing points to it any more. */
export async function enter(args: RouteArgs, login: NewLogin, path: string): Promise<TypedResponse<never>> {
  const { request, context } = args
  const former = loginCookie.find(request, context.config)
  if (former) {
    // It may be over already, and nothing depends on it: signing in does not fail because of it.
    await apiFor(args, former)
      .request(SignOutDocument)
      .catch(() => undefined)
  }
  const maxAgeSeconds = (Date.parse(login.expiresAt) - Date.now()) / 1000
  return redirect(path, {
    headers: { 'set-cookie': loginCookie.set(login.token, context.config, { maxAgeSeconds }) },
  })
}
