import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * A Fastify request as the Request that Remix takes. The address is built from our own origin: the Host header is the
 * client's to choose.
 */
export function toWebRequest(request: FastifyRequest, reply: FastifyReply, origin: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) headers.append(name, item)
    }
  }
  // Whence the request came has been judged (isSameOrigin). Remix's own check knows less: it refuses the `Origin: null`
  // of our forms, and would believe an X-Forwarded-Host.
  headers.delete('x-forwarded-host')
  headers.set('host', new URL(origin).host)
  if (headers.has('origin')) headers.set('origin', origin)

  // A form without fields, posted without a word about its type. Nothing else gets here without a body.
  if (request.method === 'POST' && !Buffer.isBuffer(request.body)) {
    headers.set('content-type', 'application/x-www-form-urlencoded')
  }

  // A person who closes the page frees what works for them.
  const abort = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) abort.abort()
  })

  const address = new URL(origin + request.url)
  // By it older versions of Remix asked for data; ours would answer, and complain about itself in the log.
  if (address.searchParams.has('_data')) address.searchParams.delete('_data')
  return new Request(address, {
    method: request.method,
    headers,
    signal: abort.signal,
    // The content type parser has read the body whole, within the limit.
    body: Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null,
  })
}

/**
 * Sends what Remix answered: pages whole, as all of ours are, and files as they come, however long they are.
 *
 * @param html the page that was rendered for this answer, if any.
 */
export async function sendWebResponse(
  response: Response,
  html: string | null,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.code(response.status)
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') reply.header(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)

  if (html !== null) return reply.send(html)
  if (response.body && response.headers.get('content-disposition')?.startsWith('attachment')) {
    return reply.send(Readable.fromWeb(response.body as ReadableStream))
  }
  return reply.send(response.body ? Buffer.from(await response.arrayBuffer()) : null)
}
