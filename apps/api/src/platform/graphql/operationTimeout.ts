import { GraphQLError } from 'graphql'

/** For an operation, or a statement of it, that took longer than it may. */
export function operationTimeout(): GraphQLError {
  return new GraphQLError('This took too long and was given up. It may be tried again.', {
    extensions: { code: 'TIMEOUT' },
  })
}
