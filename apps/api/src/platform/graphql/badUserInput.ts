import { GraphQLError } from 'graphql'

/** For what a program did wrong with an argument; what a person can put right is a UserProblem instead. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })
}
