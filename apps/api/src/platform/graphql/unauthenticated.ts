import { GraphQLError } from 'graphql'

/** For a credential that is wrong, expired or revoked: refused with HTTP 401 before anything runs, and never said which. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('This credential is not valid, or not any more. Sign in again.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  })
}
