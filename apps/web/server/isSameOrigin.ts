import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request that may change something was sent by one of our own pages. Cross-site request forgery: another
 * site makes the person's browser post here, with their cookies, or signs them in as somebody else.
 *
 * Browsers set both headers themselves; pages cannot. Where a page tells no referrer at all its form comes with
 * `Origin: null`, and then Sec-Fetch-Site must vouch for it. A request that carries neither is refused.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, origin: string): boolean {
  const claimed = headers.origin
  if (claimed !== undefined && claimed !== 'null' && claimed !== origin) return false

  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return claimed === origin
}
