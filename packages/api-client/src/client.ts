import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'
import type { TypedDocumentString } from './generated/graphql.ts'

/** As much of the platform's fetch as the client uses; that one fits. */
export type Fetch = (
  url: string,
  init: {
    method: 'POST'
    headers: Record<string, string>
    body: string
    signal: AbortSignal
    redirect: 'error'
  },
) => Promise<FetchAnswer>

export interface FetchAnswer {
  status: number
  headers: { get(name: string): string | null }
  text(): Promise<string>
}

export interface ApiClientOptions {
  /** The GraphQL endpoint, e.g. `https://api.example.com/graphql`. */
  url: string
  /** The token of a login; left out, the request acts for nobody. */
  token?: string | undefined
  /** Headers that go with every request. */
  headers?: Record<string, string> | undefined
  /**
   * Whether to send the hash of an operation in the place of its text: for the web app, whose operations its API knows. Where
   * an API does not know one, as while a newer web app is brought out, its text follows.
   */
  sendsHashes?: boolean | undefined
  /** Another implementation of fetch, for tests and for runtimes with special needs. */
  fetch?: Fetch | undefined
  /** How long one request may take, answer and all. */
  timeoutMs?: number | undefined
}

export interface ApiClient {
  /**
   * Sends one operation of `generated/graphql` and answers with its data.
   *
   * What the caller can put right is no error: it comes in the payload's `userErrors`.
   *
   * @throws {ApiError} when the API refused the request or failed at it.
   * @throws {ApiUnreachableError} when no answer of the API came back.
   */
  request<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    ...variables: Variables extends Record<string, never> ? [] : [variables: Variables]
  ): Promise<Data>
}

interface GraphQLAnswer {
  data?: unknown
  errors?: { message?: unknown; extensions?: { code?: unknown; requestId?: unknown } }[]
}

/** Longer than the 10 s after which the API gives an operation up: its answer says more than our silence. */
const DEFAULT_TIMEOUT_MS = 12_000

/** A client of the GraphQL API. It keeps nothing between requests: make one for each login, or for each request. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send: Fetch = options.fetch ?? fetch
  const headers = {
    ...options.headers,
    'content-type': 'application/json',
    accept: 'application/json',
    ...(options.token && { authorization: `Bearer ${options.token}` }),
  }

  async function post(body: object): Promise<unknown> {
    let response: FetchAnswer
    let text: string
    try {
      response = await send(options.url, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
        // The credential was meant for this address and no other.
        redirect: 'error',
      })
      text = await response.text()
    } catch (cause) {
      throw new ApiUnreachableError(`No answer from ${options.url}`, { cause })
    }

    const answer = parseAnswer(text)
    if (!answer) {
      throw new ApiUnreachableError(`${options.url} answered ${response.status} and no GraphQL`)
    }
    if (answer.errors) throw toApiError(answer.errors, response)
    return answer.data
  }

  return {
    async request<Data>(document: TypedDocumentString<Data, unknown>, variables?: unknown): Promise<Data> {
      const documentId = options.sendsHashes && (document.__meta__?.['hash'] as string | undefined)
      if (documentId) {
        try {
          return (await post({ documentId, variables })) as Data
        } catch (error) {
          // Nothing ran: whatever it is may be sent again.
          if (!(error instanceof ApiError && error.code === 'UNKNOWN_DOCUMENT')) throw error
        }
      }
      return (await post({ query: document.toString(), variables })) as Data
    },
  }
}

/** Null for anything that is no GraphQL answer, such as a balancer's own error page. */
function parseAnswer(text: string): GraphQLAnswer | null {
  try {
    const answer = JSON.parse(text) as GraphQLAnswer | null
    if (Array.isArray(answer?.errors) && answer.errors.length > 0) return answer
    return answer?.data ? { data: answer.data } : null
  } catch {
    return null
  }
}

function toApiError(errors: NonNullable<GraphQLAnswer['errors']>, response: FetchAnswer): ApiError {
  const [{ message, extensions } = {}] = errors
  const retryAfter = response.headers.get('retry-after')
  return new ApiError(typeof message === 'string' ? message : 'The API refused the request.', {
    code: typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR',
    status: response.status,
    requestId:
      typeof extensions?.requestId === 'string' ? extensions.requestId : response.headers.get('x-request-id'),
    retryAfterSeconds: retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null,
  })
}
