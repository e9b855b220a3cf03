import { HeaderMap } from '@apollo/server'
import { GraphQLError } from 'graphql'

/** For work that is not taken on just now, whoever asks: HTTP 429, and when to try again. */
export function rateLimited(message: string, retryAfterSeconds: number): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      http: { status: 429, headers: new HeaderMap([['retry-after', String(retryAfterSeconds)]]) },
    },
  })
}
