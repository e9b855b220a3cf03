import { keepDevice } from './keepDevice.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import type { NewLogin } from './newLogin.ts'

/** The headers that keep a login in the browser, for as long as it may last, and what the device is known by. */
export function keepLogin(args: RouteArgs, login: NewLogin): [string, string][] {
  const maxAgeSeconds = (Date.parse(login.expiresAt) - Date.now()) / 1000
  const cookie = loginCookie.set(login.token, args.context.config, { maxAgeSeconds })
  return [['set-cookie', cookie], ...keepDevice(args, login.deviceToken)]
}
