import { createApiClient } from '@wellness/api-client/client'
import type { ApiClient } from '@wellness/api-client/client'
import {
  CLIENT_ADDRESS_HEADER,
  CLIENT_USER_AGENT_HEADER,
  REQUEST_ID_HEADER,
  WEB_API_SECRET_HEADER,
} from '@wellness/domain/webHeaders'
import type { RouteArgs } from './loadContext.ts'
import { sendToApi } from './sendToApi.ts'

/** The API, asked on behalf of whoever sent this request; for nobody when no token is given. */
export function apiFor({ request, context }: RouteArgs, token: string | null): ApiClient {
  return createApiClient({
    url: `${context.config.apiUrl}/graphql`,
    token: token ?? undefined,
    fetch: sendToApi,
    headers: {
      [WEB_API_SECRET_HEADER]: context.config.webApiSecret,
      [CLIENT_ADDRESS_HEADER]: context.clientAddress,
      [CLIENT_USER_AGENT_HEADER]: request.headers.get('user-agent')?.slice(0, 512) ?? '',
      [REQUEST_ID_HEADER]: context.requestId,
      ...context.traceHeaders,
    },
  })
}
