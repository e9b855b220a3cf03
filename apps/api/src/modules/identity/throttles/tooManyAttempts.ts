import { SECOND } from '@wellness/domain/time'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'

/** The same answer whatever was tried, and whether or not there is such a user. */
export function tooManyAttempts(waitMs: number): UserProblem {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / SECOND))
  const wait = retryAfterSeconds === 1 ? '1 second' : `${retryAfterSeconds} seconds`
  return new UserProblem({
    code: 'TOO_MANY_ATTEMPTS',
    message: `There were too many tries. Wait ${wait}, then try again.`,
    retryAfterSeconds,
  })
}
