import {
  CLIENT_ADDRESS_HEADER,
  CLIENT_USER_AGENT_HEADER,
  REQUEST_ID_HEADER,
  WEB_API_SECRET_HEADER,
} from '@wellness/domain/webHeaders'
import type { RouteArgs } from './loadContext.ts'

/** Tells the API who is behind a request of ours; the secret has it believe that. */
export function callerHeaders({ request, context }: RouteArgs): Record<string, string> {
  return {
    [WEB_API_SECRET_HEADER]: context.config.webApiSecret,
    [CLIENT_ADDRESS_HEADER]: context.clientAddress,
    [CLIENT_USER_AGENT_HEADER]: request.headers.get('user-agent')?.slice(0, 512) ?? '',
    [REQUEST_ID_HEADER]: context.requestId,
    ...context.traceHeaders,
  }
}
