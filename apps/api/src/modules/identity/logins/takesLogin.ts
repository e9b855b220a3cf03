import { GraphQLError } from 'graphql'

/** For what no API key may see or do. */
export function takesLogin(): GraphQLError {
  return new GraphQLError('This takes a login: an API key may not do it.', {
    extensions: { code: 'FORBIDDEN' },
  })
}
