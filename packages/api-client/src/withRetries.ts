import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 8_000
/** Of a wait that the API named. It tells many clients the same second, and they are not to come back in one moment. */
const SPREAD = 0.25
const SPREAD_MIN_MS = 250
/** What is over by itself soon: others are no better for being sent again. */
const PASSING_CODES = ['RATE_LIMITED', 'SERVICE_UNAVAILABLE', 'IN_PROGRESS']

export interface RetryOptions {
  /** No try begins later than this after the first one began. */
  retryForMs: number
  signal?: AbortSignal | undefined
  /** These are for tests. */
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  now?: () => number
  /** From 0 up to, but not including, 1. */
  random?: () => number
}

/**
 * Does the work again after what passes by itself: when the API says, or soon after, or else a little later each time; by
 * chance, so that many clients do not come back at once.
 *
 * @throws what the last try threw.
 */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  { retryForMs, signal, wait = delay, now = () => performance.now(), random = Math.random }: RetryOptions,
): Promise<Result> {
  const endsAt = now() + retryForMs
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const wish = findWait(error, tries)
      const leftMs = endsAt - now()
      if (wish === null || retryForMs === 0 || wish.leastMs > leftMs) throw error
      await wait(Math.min(wish.leastMs + random() * wish.spreadMs, leftMs), signal)
      signal?.throwIfAborted()
    }
  }
}

function findWait(error: unknown, tries: number): { leastMs: number; spreadMs: number } | null {
  const isPassing =
    error instanceof ApiUnreachableError || (error instanceof ApiError && PASSING_CODES.includes(error.code))
  if (!isPassing) return null
  if (error instanceof ApiError && error.retryAfterSeconds !== null) {
    const leastMs = error.retryAfterSeconds * 1_000
    return { leastMs, spreadMs: Math.max(SPREAD_MIN_MS, leastMs * SPREAD) }
  }
  const half = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) / 2
  return { leastMs: half, spreadMs: half }
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
