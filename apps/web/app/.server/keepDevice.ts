import { deviceCookie } from './deviceCookie.ts'
import type { RouteArgs } from './loadContext.ts'

/** The header that keeps what the API will know this device by; none where it gave nothing new. */
export function keepDevice({ context: { config } }: RouteArgs, token: string | null): [string, string][] {
  return token === null ? [] : [['set-cookie', deviceCookie.set(token, config)]]
}
