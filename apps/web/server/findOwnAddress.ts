import type { IncomingHttpHeaders } from 'node:http'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * Where a page has to be opened instead, when this machine was called by another of its names: at http://127.0.0.1 the
 * forms of http://localhost would be refused, and its cookies be missing. Null where it was called by the right one.
 *
 * Only between names of this machine and on one port: nobody is led elsewhere by a Host header, and where a proxy stands
 * in between the header is the proxy's.
 */
export function findOwnAddress(
  { url, headers }: { url: string; headers: IncomingHttpHeaders },
  origin: string,
): string | null {
  const own = new URL(origin).host
  const { host = '' } = headers
  if (host === own || !LOOPBACK.test(host) || !LOOPBACK.test(own)) return null
  if (portOf(host) !== portOf(own)) return null
  if (headers['x-forwarded-host'] !== undefined || headers.forwarded !== undefined) return null
  // The client writes the request line: without the slash its text would go on with the name of the host.
  return url.startsWith('/') ? origin + url : null
}

function portOf(host: string): string {
  return /:(\d+)$/.exec(host)?.[1] ?? ''
}
