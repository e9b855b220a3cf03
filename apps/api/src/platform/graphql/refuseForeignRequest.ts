import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/httpProblem.ts'

/** Headers that a page of another origin can only send after asking, and we grant no such question. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name']

/**
 * Refuses what a page of another origin can make a browser send without asking (a link, a form, a plain fetch), so that
 * nobody's position in a network (an intranet, a trusted address) is borrowed. That leaves JSON by POST, and GET with a
 * header that needs a preflight.
 *
 * @throws {HttpProblem} 400, or 415 for a body of another type.
 */
export function refuseForeignRequest({ method, headers }: FastifyRequest): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/json') return
  if (method === 'GET' && type === undefined) {
    if (PREFLIGHT_HEADERS.some((name) => headers[name])) return
    throw new HttpProblem(400, `A query by GET needs one of these headers: ${PREFLIGHT_HEADERS.join(', ')}.`)
  }
  if (type === undefined || type === 'text/plain')
    throw new HttpProblem(400, 'Send the request as application/json.')
  throw new HttpProblem(415)
}
