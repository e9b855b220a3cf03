import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 8_000
/** What is over by itself soon: others are no better for being sent again. */
const PASSING_CODES = ['RATE_LIMITED', 'SERVICE_UNAVAILABLE', 'IN_PROGRESS']

export interface RetryOptions {
  /** No try begins later than this after the first one began. */
  retryForMs: number
  signal?: AbortSignal | undefined
  /** Both are for tests. */
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  now?: () => number
}

/**
 * Does the work again after what passes by itself, for as long as the API says, or else a little longer each time; by
 * chance, so that many clients do not come back at once.
 *
 * @throws what the last try threw.
 */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  { retryForMs, signal, wait = delay, now = () => performance.now() }: RetryOptions,
): Promise<Result> {
  const endsAt = now() + retryForMs
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const waitMs = findWaitMs(error, tries)
      if (waitMs === null || retryForMs === 0 || now() + waitMs > endsAt) throw error
      await wait(waitMs, signal)
      signal?.throwIfAborted()
    }
  }
}

function findWaitMs(error: unknown, tries: number): number | null {
  const isPassing =
    error instanceof ApiUnreachableError || (error instanceof ApiError && PASSING_CODES.includes(error.code))
  if (!isPassing) return null
  if (error instanceof ApiError && error.retryAfterSeconds !== null) return error.retryAfterSeconds * 1_000
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + Math.random() / 2)
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
