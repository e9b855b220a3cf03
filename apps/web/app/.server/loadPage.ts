import { data } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { ApiUnreachableError } from '@wellness/api-client/apiUnreachableError'
import type { ApiClient } from '@wellness/api-client/client'
import { apiFor } from './api.ts'
import type { RouteArgs } from './loadContext.ts'
import { refusedLogin } from './refusedLogin.ts'
import { requireLogin } from './requireLogin.ts'

/** Loads a page of a signed-in person; what goes wrong on the way becomes a page that says what to do. */
export async function loadPage<Data>(
  args: RouteArgs,
  load: (api: ApiClient) => Promise<Data>,
): Promise<Data> {
  const token = requireLogin(args)
  try {
    return await load(apiFor(args, token))
  } catch (error) {
    throw toPageError(args, error)
  }
}

/** The Response or error that a loader throws so that the right page is shown. */
export function toPageError(args: RouteArgs, error: unknown): unknown {
  const { requestId } = args.context
  if (error instanceof ApiUnreachableError) {
    args.context.logError(error, 'the API could not be reached')
    return data({ requestId }, { status: 503, headers: { 'retry-after': '5' } })
  }
  if (error instanceof ApiError) {
    if (error.status === 401) return refusedLogin(args)
    args.context.logError(error, `the API answered ${error.code}`)
    return data({ requestId }, { status: error.code === 'RATE_LIMITED' ? 429 : 500 })
  }
  return error
}
