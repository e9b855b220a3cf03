import { GraphQLError } from 'graphql'

/** For a credential that is wrong, expired or revoked: refused with HTTP 401 before anything runs, and never said which. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError(
    'This login or API key is not valid, or no longer is. Sign in again, or create a new key.',
    {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
    },
  )
}
