import type { TypedResponse } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { SignOutDocument } from '@wellness/api-client/operations'
import { apiFor } from './api.ts'
import { keepLogin } from './keepLogin.ts'
import type { RouteArgs } from './loadContext.ts'
import { loginCookie } from './loginCookie.ts'
import type { NewLogin } from './newLogin.ts'
import { redirectTo } from './redirectTo.ts'

/** Keeps the login in the browser and goes on. A login that was there before ends, since nothing points to it any more. */
export async function enter(args: RouteArgs, login: NewLogin, path: string): Promise<TypedResponse<never>> {
  const { request, context } = args
  const former = loginCookie.find(request, context.config)
  if (former) {
    // Signing in does not fail because of it. Over already is as good; otherwise a login goes on that nobody can end.
    await apiFor(args, former)
      .request(SignOutDocument)
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return
        context.logWarning(error, 'a former login could not be ended')
      })
  }
  return redirectTo(path, { headers: keepLogin(args, login) })
}
