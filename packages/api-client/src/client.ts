import { ApiError } from './apiError.ts'
import type { ApiDocument } from './apiDocument.ts'
import type { Connection } from './connection.ts'
import { eachItem } from './eachItem.ts'
import type { Fetch } from './fetch.ts'
import { isRepeatable } from './isRepeatable.ts'
import { postOperation } from './postOperation.ts'
import { withRetries } from './withRetries.ts'

export interface ApiClientOptions {
  /** The GraphQL endpoint, e.g. `https://api.example.com/graphql`. */
  url: string
  /** An API key, or the token of a login; left out, the request acts for nobody. */
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
  /** How long one request may take, answer and all; 12 seconds when left out. */
  timeoutMs?: number | undefined
  /**
   * For how long a request is sent again when no answer came, or the API was busy or away; 30 seconds when left out, 0 for
   * never. Queries are, and mutations by which the API knows that it is the same one: with an idempotency key, startSession
   * with a clientSessionId, refreshSession and endSession.
   */
  retryForMs?: number | undefined
}

export interface RequestOptions {
  /**
   * Makes a mutation safe to send again: a text of 8 to 128 visible ASCII characters, such as a UUID, and another one for
   * each thing that is to be done. Mutations that check or tell a secret take none.
   */
  idempotencyKey?: string | undefined
  /** Gives the request up, and further tries. */
  signal?: AbortSignal | undefined
}

export interface ApiClient {
  /**
   * Sends one operation and answers with its data.
   *
   * What the caller can put right is no error: it comes in the payload's `userErrors`; requireSuccess makes one of it.
   *
   * @throws {ApiError} when the API refused the request or failed at it.
   * @throws {ApiUnreachableError} when no answer of the API came back.
   */
  request<Data, Variables>(
    document: ApiDocument<Data, Variables>,
    ...rest: Variables extends Record<string, never>
      ? [variables?: Variables, options?: RequestOptions]
      : [variables: Variables, options?: RequestOptions]
  ): Promise<Data>

  /**
   * Every item of a list, newest pages first as the API orders them: `first` of the variables is the size of a page.
   *
   * @param select where the list is in the data.
   */
  each<Data, Variables extends { after?: string | null | undefined }, Item>(
    document: ApiDocument<Data, Variables>,
    variables: Variables,
    select: (data: Data) => Connection<Item> | null | undefined,
    options?: Pick<RequestOptions, 'signal'>,
  ): AsyncGenerator<Item, void, undefined>
}

/** Longer than the 10 s after which the API gives an operation up: its answer says more than our silence. */
const DEFAULT_TIMEOUT_MS = 12_000
const DEFAULT_RETRY_FOR_MS = 30_000

/** A client of the GraphQL API. It keeps nothing between requests: make one for each credential, or for each request. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, timeoutMs = DEFAULT_TIMEOUT_MS, retryForMs = DEFAULT_RETRY_FOR_MS } = options
  const ownHeaders = {
    ...options.headers,
    'content-type': 'application/json',
    accept: 'application/json',
    ...(options.token && { authorization: `Bearer ${options.token}` }),
  }

  function request(
    document: ApiDocument<unknown, never>,
    variables?: unknown,
    { idempotencyKey, signal }: RequestOptions = {},
  ): Promise<unknown> {
    const headers =
      idempotencyKey === undefined ? ownHeaders : { ...ownHeaders, 'idempotency-key': idempotencyKey }
    const post = (body: object) =>
      // Asked for by name each time, so that a fetch that was put in its place later is the one that is used.
      postOperation(url, { fetch: options.fetch ?? fetch, headers, body, timeoutMs, signal })
    const documentId = options.sendsHashes ? document.__meta__?.['hash'] : undefined

    const send = async (): Promise<unknown> => {
      if (documentId !== undefined) {
        try {
          return await post({ documentId, variables })
        } catch (error) {
          // Nothing ran: whatever it is may be sent again.
          if (!(error instanceof ApiError && error.code === 'UNKNOWN_DOCUMENT')) throw error
        }
      }
      return post({ query: document.toString(), variables })
    }
    return withRetries(send, {
      retryForMs: isRepeatable(document, variables, idempotencyKey) ? retryForMs : 0,
      signal,
    })
  }

  const client = {
    request,
    each: (
      document: ApiDocument<unknown, never>,
      variables: object,
      select: (data: unknown) => Connection<unknown> | null | undefined,
      requestOptions?: RequestOptions,
    ) =>
      eachItem(async (after) =>
        select(await request(document, after === null ? variables : { ...variables, after }, requestOptions)),
      ),
  }
  return client as ApiClient
}
