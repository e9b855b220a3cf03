import type { IncomingHttpHeaders } from 'node:http'
import { HttpProblem } from '../../http/httpProblem.ts'

/** Whoever makes up a short one meets keys of their own. Two of these headers arrive as one with a comma and a space. */
const FORM = /^[\x21-\x7e]{8,128}$/

/**
 * The header `Idempotency-Key`; null when there is none.
 *
 * @throws {HttpProblem} BAD_REQUEST when it has another form.
 */
export function readIdempotencyKey(headers: IncomingHttpHeaders): string | null {
  const key = headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && FORM.test(key)) return key
  throw new HttpProblem(400, 'Idempotency-Key has to be one text of 8 to 128 visible ASCII characters.')
}
