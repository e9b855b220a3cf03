import { expect, test } from 'vitest'
import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'
import { withRetries } from './withRetries.ts'

const refusal = (code: string, retryAfterSeconds: number | null = null) =>
  new ApiError(code, { code, status: 400, requestId: null, retryAfterSeconds })

/** Work that fails as told, try by try, and then succeeds; on a clock that waiting moves. */
async function run(
  failures: Error[],
  { retryForMs = 30_000, signal }: { retryForMs?: number; signal?: AbortSignal } = {},
) {
  let now = 0
  let tries = 0
  const waits: number[] = []
  const outcome = await withRetries(
    () => {
      const failure = failures[tries]
      tries += 1
      return failure ? Promise.reject(failure) : Promise.resolve('done')
    },
    {
      retryForMs,
      signal,
      now: () => now,
      wait: (ms) => {
        waits.push(ms)
        now += ms
        return Promise.resolve()
      },
    },
  ).catch((error: unknown) => error)
  return { outcome, tries, waits }
}

test('waits exactly as long as Retry-After says', async () => {
  const { outcome, waits } = await run([
    refusal('RATE_LIMITED', 7),
    refusal('SERVICE_UNAVAILABLE', 3),
    refusal('IN_PROGRESS', 1),
  ])
  expect(outcome).toBe('done')
  expect(waits).toEqual([7_000, 3_000, 1_000])
})

test('without Retry-After waits are longer each time, differ by chance, and stay below eight seconds', async () => {
  const { waits } = await run(
    Array.from({ length: 8 }, () => new ApiUnreachableError('x')),
    { retryForMs: 100_000 },
  )
  expect(waits).toHaveLength(8)
  waits.forEach((wait, n) => {
    const longest = Math.min(8_000, 250 * 2 ** n)
    expect(wait).toBeGreaterThanOrEqual(longest / 2)
    expect(wait).toBeLessThanOrEqual(longest)
  })
  expect(new Set(waits).size).toBe(waits.length)
})

test('no try begins after the time is over, and the last failure is told', async () => {
  const endless = Array.from({ length: 100 }, (_, n) => refusal('SERVICE_UNAVAILABLE', n === 0 ? null : 4))
  const { outcome, waits } = await run(endless, { retryForMs: 10_000 })
  expect(outcome).toBeInstanceOf(ApiError)
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(10_000)
  expect(await run([refusal('RATE_LIMITED', 11)], { retryForMs: 10_000 })).toMatchObject({ tries: 1 })
  expect(await run([refusal('RATE_LIMITED', 0)], { retryForMs: 0 })).toMatchObject({ tries: 1 })
})

test.each([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'CONFLICT',
  'OUTCOME_UNKNOWN',
  'TIMEOUT',
  'INTERNAL_SERVER_ERROR',
  'NOT_YET_KNOWN',
])('%s is no better for being sent again, and is told at once', async (code) =>
  expect(await run([refusal(code)])).toMatchObject({ tries: 1, outcome: { code } }),
)

test('an error of the caller’s own code is no reason to try again', async () => {
  expect(await run([new TypeError('x')])).toMatchObject({ tries: 1 })
})

test('a wait ends as soon as the caller gives up, and nothing is sent any more', async () => {
  const controller = new AbortController()
  let tries = 0
  const work = withRetries(
    () => {
      tries += 1
      // An hour: the test would not end if it were waited for.
      setTimeout(() => controller.abort(new Error('given up')))
      return Promise.reject(refusal('RATE_LIMITED', 3_600))
    },
    { retryForMs: 4_000_000, signal: controller.signal },
  )
  await expect(work).rejects.toThrow('given up')
  expect(tries).toBe(1)
})
