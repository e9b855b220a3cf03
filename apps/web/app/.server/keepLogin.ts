import { deviceCookie } from './deviceCookie.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import type { NewLogin } from './newLogin.ts'

/** The headers that keep a login in the browser, for as long as it may last, and what the device is known by. */
export function keepLogin({ context: { config } }: RouteArgs, login: NewLogin): [string, string][] {
  const maxAgeSeconds = (Date.parse(login.expiresAt) - Date.now()) / 1000
  const cookies = [loginCookie.set(login.token, config, { maxAgeSeconds })]
  if (login.deviceToken) cookies.push(deviceCookie.set(login.deviceToken, config))
  return cookies.map((cookie) => ['set-cookie', cookie])
}
