/** What came of one run, as far as the page shows it. */
export interface Run {
  answer: Record<string, unknown>
  status: number
  durationMs: number
  /** Points, where the answer told of them. */
  cost: number | null
  remaining: number | null
}

export interface Asked {
  query: string
  variables?: unknown
  operationName?: string | null | undefined
}

/**
 * Runs an operation by way of this site's own server, which knows who is signed in here.
 *
 * @param by.key an API key to act by instead; null for the login.
 * @param by.userId whom the page names as the one who acts; null for nobody.
 */
export async function runInApi(
  { query, variables, operationName }: Asked,
  { key, userId }: { key: string | null; userId: string | null },
): Promise<Run> {
  const startedAt = performance.now()
  const since = () => Math.round(performance.now() - startedAt)
  try {
    const response = await fetch('/explorer/run', {
      method: 'POST',
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
      body: new URLSearchParams({
        userId: userId ?? '',
        request: JSON.stringify({
          query,
          ...(variables !== undefined && { variables }),
          ...(operationName && { operationName }),
        }),
      }),
    })
    const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null
    return {
      answer: answer ?? unreadable(response.status),
      status: response.status,
      durationMs: since(),
      cost: costOf(answer),
      remaining: numberOf(response.headers.get('x-ratelimit-remaining')),
    }
  } catch {
    const message = 'No answer came. Check your connection, and run it again.'
    return { answer: { errors: [{ message }] }, status: 0, durationMs: since(), cost: null, remaining: null }
  }
}

/** This site's own server refused, with a page. */
function unreadable(status: number): Record<string, unknown> {
  const message =
    status === 413
      ? 'This is longer than the explorer passes on. Send it to the API itself.'
      : `This site answered ${status} and nothing that can be shown here. Load the page anew, and run it again.`
  return { errors: [{ message }] }
}

/** What was charged in the end; what an answer of nobody but this site says, costs nothing. */
function costOf(answer: Record<string, unknown> | null): number | null {
  const { cost } = (answer?.['extensions'] ?? {}) as { cost?: { used?: unknown } }
  return typeof cost?.used === 'number' ? cost.used : null
}

function numberOf(text: string | null): number | null {
  return text === null || text === '' ? null : Number(text)
}
