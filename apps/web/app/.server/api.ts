import { createApiClient } from '@wellness/api-client'
import type { ApiClient } from '@wellness/api-client'
import { callerHeaders } from './callerHeaders.ts'
import type { RouteArgs } from './loadContext.ts'
import { sendToApi } from './sendToApi.ts'

/** The API, asked on behalf of whoever sent this request; for nobody when no token is given. */
export function apiFor(args: RouteArgs, token: string | null): ApiClient {
  return createApiClient({
    url: `${args.context.config.apiUrl}/graphql`,
    token: token ?? undefined,
    fetch: sendToApi,
    sendsHashes: true,
    // A page that waits is worse than one that says so: people try again themselves.
    retryForMs: 0,
    headers: callerHeaders(args),
  })
}
