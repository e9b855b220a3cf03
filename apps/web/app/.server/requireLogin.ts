import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import { askToSignIn } from './askToSignIn.ts'

/** The token of the person's login; without one they are sent to sign in, and come back. */
export function requireLogin(args: RouteArgs): string {
  const token = loginCookie.find(args.request, args.context.config)
  if (!token) throw askToSignIn(args)
  return token
}
