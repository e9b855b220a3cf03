/** Where the pages reach the API, and what they call themselves. Lives as long as the process. */
export interface WebConfig {
  /** The web app's public origin: the only base of addresses, whatever a Host header says. */
  origin: string
  apiUrl: string
  /** Where everybody else reaches the API, as partners are told. */
  publicApiUrl: string
  webApiSecret: string
  /** Whether cookies are `__Host-` and Secure: so everywhere but on plain http. */
  hasSecureCookies: boolean
}

/** What the server hands to loaders, actions and the renderer with each request. */
export interface LoadContext {
  [key: string]: unknown
  config: WebConfig
  requestId: string
  /** Join what the API does to this request's trace; none without tracing. */
  traceHeaders: Record<string, string>
  clientAddress: string
  /** The nonce of this answer's Content-Security-Policy. */
  nonce: string
  /** Takes the page that was rendered, past the streams of a Response. */
  page: { html: string | null }
  /** Writes one record, of something that stands in nobody's way but should not last. */
  logWarning(error: unknown, message: string): void
  /** Writes one record with the request's id. */
  logError(error: unknown, message: string): void
}
