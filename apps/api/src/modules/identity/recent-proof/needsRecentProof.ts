import { Extensions, type MiddlewareFn, UseMiddleware } from 'type-graphql'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'

/**
 * Says of a mutation that it needs a recent proof of identity, and refuses it without one before anything else of it
 * runs: a payload with REAUTHENTICATION_REQUIRED, in which all else is null. What the mutation then does belongs into
 * `RecentProof.transaction`, which asks again where nothing can come between.
 */
export function NeedsRecentProof(): MethodDecorator {
  return (target, name, descriptor) => {
    Extensions({ needsRecentProof: true })(target, name, descriptor)
    UseMiddleware(refuseWithoutProof)(target, name, descriptor)
  }
}

const refuseWithoutProof: MiddlewareFn<IdentityContext> = async ({ context }, next) => {
  const { credential } = requireLogin(context)
  try {
    context.identity.recentProof.assertGiven(credential)
  } catch (problem) {
    if (problem instanceof UserProblem) return { userErrors: problem.details }
    throw problem
  }
  return next() as Promise<unknown>
}
