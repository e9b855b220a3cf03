/**
 * No answer of the API came back: nobody listens, the time was up, the connection broke, or something between answered
 * in its place. Whether a mutation was carried out is unknown; one with an idempotency key or a client id may be sent
 * again as it is.
 */
export class ApiUnreachableError extends Error {
  override name = 'ApiUnreachableError'
}
