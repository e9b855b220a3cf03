import type { WebConfig } from '../../server/loadContext.ts'

/** A cookie that only the server reads. Values go as they are but for what a cookie cannot hold. */
export interface ServerCookie {
  find(request: Request, config: WebConfig): string | null
  set(value: string, config: WebConfig, options?: { maxAgeSeconds?: number }): string
  clear(config: WebConfig): string
}

/**
 * With https the name carries the `__Host-` prefix: browsers then take the cookie from this very host only, so that no
 * neighbouring host can plant one. On plain http browsers refuse the prefix.
 */
export function defineCookie(name: string, defaults: { maxAgeSeconds: number }): ServerCookie {
  const fullName = (config: WebConfig) => (config.hasSecureCookies ? `__Host-${name}` : name)
  const write = (value: string, config: WebConfig, maxAgeSeconds: number) =>
    [
      `${fullName(config)}=${encodeURIComponent(value)}`,
      'Path=/',
      `Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`,
      'HttpOnly',
      'SameSite=Lax',
      ...(config.hasSecureCookies ? ['Secure'] : []),
    ].join('; ')

  return {
    find(request, config) {
      const prefix = `${fullName(config)}=`
      const pair = (request.headers.get('cookie') ?? '').split(/;\s*/).find((item) => item.startsWith(prefix))
      if (!pair) return null
      try {
        return decodeURIComponent(pair.slice(prefix.length)) || null
      } catch {
        return null
      }
    },
    set: (value, config, options) => write(value, config, options?.maxAgeSeconds ?? defaults.maxAgeSeconds),
    clear: (config) => write('', config, 0),
  }
}
