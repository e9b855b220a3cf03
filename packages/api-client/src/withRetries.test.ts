import { expect, test } from 'vitest'
import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'
import { withRetries } from './withRetries.ts'

const refusal = (code: string, retryAfterSeconds: number | null = null) =>
  new ApiError(code, { code, status: 400, requestId: null, retryAfterSeconds })

/** Work that fails as told, try by try, and then succeeds; on a clock that waiting moves. */
async function run(
  failures: Error[],
  {
    retryForMs = 30_000,
    signal,
    random,
  }: { retryForMs?: number; signal?: AbortSignal; random?: () => number } = {},
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
      random,
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

const told = [refusal('RATE_LIMITED', 8), refusal('SERVICE_UNAVAILABLE', 4), refusal('IN_PROGRESS', 0)]

test('never comes back before Retry-After says', async () => {
  const { outcome, waits } = await run(told, { random: () => 0 })
  expect(outcome).toBe('done')
  expect(waits).toEqual([8_000, 4_000, 0])
})

/** A server that was too busy tells a thousand clients the same second; in the next it would be too busy again. */
test('many that are told the same Retry-After come back one after the other', async () => {
  expect((await run(told, { random: () => 0.5 })).waits).toEqual([9_000, 4_500, 125])
  const clients = await Promise.all(Array.from({ length: 200 }, () => run([refusal('RATE_LIMITED', 8)])))
  const waits = clients.map((client) => client.waits[0] ?? 0).toSorted((one, other) => one - other)
  expect(waits.at(-1)).toBeLessThan(10_000)
  // Spread over two seconds, some ten of them come within any tenth of a second.
  const busiest = waits.map((from) => waits.filter((wait) => wait >= from && wait < from + 100).length)
  expect(Math.max(...busiest)).toBeLessThan(40)
})

test('what is left of the time is waited for, and not what chance adds beyond it', async () => {
  const { outcome, waits } = await run([refusal('RATE_LIMITED', 8)], { retryForMs: 9_000, random: () => 0.9 })
  expect([outcome, waits]).toEqual(['done', [9_000]])
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
