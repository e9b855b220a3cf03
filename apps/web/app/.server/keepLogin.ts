import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import type { NewLogin } from './newLogin.ts'

/** The cookie that keeps a login in the browser, for as long as it may last. */
export function keepLogin({ context }: RouteArgs, { token, expiresAt }: NewLogin): string {
  const maxAgeSeconds = (Date.parse(expiresAt) - Date.now()) / 1000
  return loginCookie.set(token, context.config, { maxAgeSeconds })
}
