import { UserProblem } from '../../../platform/graphql/userProblem.ts'

/**
 * One answer for links that are unknown, used and too old, and for what was overtaken: never says which.
 *
 * @param wayOut what whoever holds it can do instead.
 */
export function invalidToken(wayOut = 'Ask for a new one.'): UserProblem {
  return new UserProblem({
    code: 'INVALID_TOKEN',
    message: `This link has been used already, or has expired. ${wayOut}`,
    path: ['token'],
  })
}
