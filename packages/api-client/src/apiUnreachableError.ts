/**
 * No answer of the API came back: nobody listens, the time was up, the connection broke, or something between answered
 * in its place. Whether a mutation was carried out is unknown; those with a client id may be sent again as they are.
 */
export class ApiUnreachableError extends Error {
  override name = 'ApiUnreachableError'
}
