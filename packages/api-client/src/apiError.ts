import type { ApiErrorCode } from './apiErrorCode.ts'

/** What the API says it refused, or could not do. */
export interface ApiErrorDetails {
  /** The `extensions.code` of the first error. A newer API may know codes that this version does not. */
  code: ApiErrorCode | (string & {})
  /** The HTTP status of the answer. */
  status: number
  /** The id under which the API logged the request; worth telling the operator. */
  requestId: string | null
  /** How long to wait before the next try, where the API said so. */
  retryAfterSeconds: number | null
  /** With FORBIDDEN, where the request was made with an API key: the scopes that the key lacks. */
  missingScopes?: readonly string[] | undefined
}

/** The API answered, and the answer is not the data that was asked for. Its message is the API's own. */
export class ApiError extends Error implements ApiErrorDetails {
  override name = 'ApiError'
  readonly code: ApiErrorDetails['code']
  readonly status: number
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
  readonly missingScopes: readonly string[]

  constructor(message: string, details: ApiErrorDetails) {
    super(message)
    this.code = details.code
    this.status = details.status
    this.requestId = details.requestId
    this.retryAfterSeconds = details.retryAfterSeconds
    this.missingScopes = details.missingScopes ?? []
  }
}
