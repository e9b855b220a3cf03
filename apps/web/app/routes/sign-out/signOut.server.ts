import { data } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { ApiUnreachableError } from '@wellness/api-client/apiUnreachableError'
import { SignOutDocument } from '@wellness/api-client/operations'
import type { FormState } from '../../ui/formState.ts'
import { apiFor } from '../../.server/api.ts'
import { doneNews } from '../../.server/doneNews.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loginCookie } from '../../.server/loginCookie.ts'
import { isRefusedAgain, refusedLogin } from '../../.server/refusedLogin.ts'

/**
 * Ends the login on the server, and only then forgets it here. If it cannot be ended, the person is told so and keeps
 * the cookie: without it nobody could end the login any more, and a copy of it would go on working unseen.
 */
export async function signOut(args: RouteArgs) {
  const { request, context } = args
  const token = loginCookie.find(request, context.config)
  const signedOut = () =>
    doneNews.redirect('/sign-in', 'signed-out', args, [['set-cookie', loginCookie.clear(context.config)]])
  if (!token) return signedOut()

  try {
    const answer = await apiFor(args, token).request(SignOutDocument)
    if (answer.signOut.userErrors.length === 0) return signedOut()
    const [{ code } = {}] = answer.signOut.userErrors
    context.logError(undefined, `the API did not end a login: ${code}`)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      // Over already, unless another tab has just renewed it: that one is ended instead.
      return isRefusedAgain(args) ? signedOut() : refusedLogin(args)
    }
    if (!(error instanceof ApiUnreachableError || error instanceof ApiError)) throw error
    context.logError(error, 'a login could not be ended')
  }
  const state: FormState = {
    values: {},
    fieldErrors: {},
    codes: [],
    formErrors: ['We couldn’t reach our server to sign you out, so you’re still signed in on this device.'],
  }
  return data(state, { status: 503 })
}
