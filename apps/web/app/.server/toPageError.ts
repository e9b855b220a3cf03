import { data } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { isApiAway } from './isApiAway.ts'
import type { RouteArgs } from './loadContext.ts'
import { refusedLogin } from './refusedLogin.ts'

/** The Response or error to throw so that the right page is shown. */
export function toPageError(args: RouteArgs, error: unknown): unknown {
  const { requestId } = args.context
  if (error instanceof ApiError && error.status === 401) return refusedLogin(args)
  if (isApiAway(error)) {
    args.context.logError(error, 'the API could not be reached')
    return data({ requestId }, { status: 503, headers: { 'retry-after': '5' } })
  }
  if (error instanceof ApiError) {
    args.context.logError(error, `the API answered ${error.code}`)
    return data({ requestId }, { status: error.code === 'RATE_LIMITED' ? 429 : 500 })
  }
  return error
}
