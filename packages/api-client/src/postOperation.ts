import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'
import type { Fetch, FetchAnswer } from './fetch.ts'

interface GraphQLError {
  message?: unknown
  extensions?: { code?: unknown; requestId?: unknown; missingScopes?: unknown }
}

/**
 * Posts one request, once, and gives the data of its answer.
 *
 * @throws {ApiError} when the API refused the request or failed at it.
 * @throws {ApiUnreachableError} when no answer of the API came back.
 * @throws the signal's reason when the caller gave up.
 */
export async function postOperation(
  url: string,
  {
    fetch,
    headers,
    body,
    timeoutMs,
    signal,
  }: {
    fetch: Fetch
    headers: Record<string, string>
    body: object
    timeoutMs: number
    signal: AbortSignal | undefined
  },
): Promise<unknown> {
  signal?.throwIfAborted()
  const timeout = AbortSignal.timeout(timeoutMs)
  let answer: FetchAnswer
  let text: string
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      // The credential was meant for this address and no other.
      redirect: 'error',
    })
    text = await answer.text()
  } catch (cause) {
    signal?.throwIfAborted()
    throw new ApiUnreachableError(`No answer from ${url}`, { cause })
  }

  const { data, errors } = readAnswer(text) ?? {}
  if (errors) throw toApiError(errors, answer)
  if (!data) throw new ApiUnreachableError(`${url} answered ${answer.status} and no GraphQL`)
  return data
}

/** Null for anything that is no GraphQL answer, such as a balancer's own error page. */
function readAnswer(text: string): { data?: unknown; errors?: GraphQLError[] } | null {
  try {
    const answer = JSON.parse(text) as { data?: unknown; errors?: GraphQLError[] } | null
    if (Array.isArray(answer?.errors) && answer.errors.length > 0) return { errors: answer.errors }
    return answer && { data: answer.data }
  } catch {
    return null
  }
}

function toApiError(
  [{ message, extensions } = {}]: GraphQLError[],
  { status, headers }: FetchAnswer,
): ApiError {
  const retryAfter = headers.get('retry-after')
  const { code, requestId, missingScopes } = extensions ?? {}
  return new ApiError(typeof message === 'string' ? message : 'The API refused the request.', {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    status,
    requestId: typeof requestId === 'string' ? requestId : headers.get('x-request-id'),
    retryAfterSeconds: retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null,
    missingScopes: Array.isArray(missingScopes) ? missingScopes.map(String) : [],
  })
}
