import { SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { emptyRedis } from '../../../testing/emptyRedis.ts'
import { insertSessions } from '../../../testing/sessions/insertSessions.ts'
import { startSibling } from '../../../testing/startSibling.ts'
import { useUpPoints } from '../../../testing/useUpPoints.ts'
import { bucketLimits, OPERATION_POINTS_MAX, pointsOf } from './costLimits.ts'

let api: TestApi
let user: TestUser
beforeAll(async () => {
  api = await createTestApi({ env: { RATE_LIMIT_FACTOR: '1' } })
})
afterAll(() => api.close())
beforeEach(async () => {
  user = await createUser(api)
  await emptyRedis(api.app.services.redis)
  // Whoever was told to wait is asked about again.
  api.clock.advance(2 * SECOND)
})

const ME = '{ me { id } }'
const page = (size: number) => `{ me { sessions(first: ${size}) { nodes { id } } } }`
/** Costs so much, and uses all of it: the mark of a page without its elements. */
const dear = (size: number) => `{ me { sessions(first: ${size}) { pageInfo { endCursor } } } }`
const LOGIN = bucketLimits.login.points

function headersOf({ headers }: { headers: Headers }): Record<string, number> {
  return Object.fromEntries(
    ['limit', 'remaining', 'used', 'reset'].map((name) => [name, Number(headers.get(`x-ratelimit-${name}`))]),
  )
}

const useUp = (points: number) => useUpPoints(api, points, user)

/** Does dear work, and has the answer look as if there had been none. */
describe('work that the answer does not show is paid all the same', () => {
  const pages = Array.from({ length: 8 }, (_, index) => `p${index}: sessions(first: 100) { nodes { id } }`)

  test('where a part that failed takes the others out of the answer', async () => {
    for (let run = 0; run < 3; run += 1) {
      const answer = await api.request(
        `{ me { ${pages.join(' ')} bad: sessions(first: -1) { nodes { id } } } }`,
        {},
        user,
      )
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
      expect(answer.extensions.cost.used).toBe(answer.extensions.cost.requested)
    }
  })

  test('where the elements are skipped and the page was read', async () => {
    const text = '{ me { sessions(first: 100) { nodes @skip(if: true) { id } pageInfo { hasNextPage } } } }'
    const { extensions } = await api.request(text, {}, user)
    expect(extensions.cost).toMatchObject({ requested: 102, used: 102 })
  })
})

describe('what an answer tells', () => {
  const AS_TOLD = '{ me { id liveSession { id } } rateLimit { limit cost remaining resetAt } }'

  test.each(['cold', 'hot'])('is the same in headers, extensions and rateLimit: %s', async (run) => {
    if (run === 'hot') await api.request(AS_TOLD, {}, await createUser(api))
    const answer = await api.request<{ rateLimit: object }>(AS_TOLD, {}, user)
    const resetAt = new Date(api.clock.now().getTime() + (3 * SECOND) / bucketLimits.login.pointsPerSecond)
    const told = { limit: LOGIN, remaining: LOGIN - 3, resetAt: resetAt.toISOString() }
    expect(answer.data.rateLimit).toEqual({ ...told, cost: 3 })
    expect(answer.extensions.cost).toEqual({ ...told, requested: 3, used: 3 })
    expect(headersOf(answer)).toEqual({
      limit: LOGIN,
      remaining: LOGIN - 3,
      used: 3,
      reset: Math.ceil(resetAt.getTime() / SECOND),
    })
  })

  test('stands on refusals, too: of documents, of variables, of credentials', async () => {
    const answers = [
      await api.request('{ nonsense }', {}, user),
      await api.request('{', {}, user),
      await api.request('query ($n: Int!) { me { sessions(first: $n) { nodes { id } } } }', { n: 'x' }, user),
    ]
    // The last was charged for a page of one before its variable turned out to be none.
    const charged = [1, 2, 5]
    for (const [index, answer] of answers.entries()) {
      expect(answer.status).toBe(400)
      expect(answer.extensions.cost).toMatchObject({ used: 1, remaining: LOGIN - (charged[index] ?? 0) })
    }
    const unknown = await api.request(ME, {}, { token: 'x'.repeat(43) })
    expect(unknown).toMatchObject({
      status: 401,
      extensions: { cost: { used: pointsOf.unknownCredential, limit: bucketLimits.address.points } },
    })
  })
})

describe('what is not used', () => {
  test('comes back: a page pays for the elements it had', async () => {
    await insertSessions(api, user.userId, [{ startedAt: '2026-01-01T08:00:00Z' }])
    for (const run of [1, 2]) {
      const { extensions } = await api.request(page(50), {}, user)
      expect(extensions.cost).toMatchObject({ requested: 52, used: 3 })
      await expect.poll(() => pointsLeft()).toBe(LOGIN - 3 * run)
    }
  })

  test('nor what an operation cost that did not run', async () => {
    const text =
      'query ($n: Int!, $f: SessionFilter) { me { sessions(first: $n, filter: $f) { nodes { id } } } }'
    await api.request(text, { n: 50, f: { from: 'nonsense' } }, user)
    await expect.poll(() => pointsLeft()).toBe(LOGIN - 1)
  })

  test('and an operation without lists asks Redis once', async () => {
    await api.request(ME, {}, user)
    const sent = vi.spyOn(api.app.services.redis, 'sendCommand')
    await api.request(ME, {}, user)
    expect(sent).toHaveBeenCalledTimes(1)
    sent.mockRestore()
  })

  /** Of the one bucket there is. */
  async function pointsLeft(): Promise<number> {
    const [key] = await findRedisKeys(api.app.services.redis, 'points:*')
    const fullAt = Number((await api.app.services.redis.get(key ?? '')) ?? 0) / 1_000
    const missing = Math.max(fullAt - api.clock.now().getTime(), 0) / SECOND
    return Math.round(LOGIN - missing * bucketLimits.login.pointsPerSecond)
  }
})

describe('whoever has too few points', () => {
  test('is answered 429 with Retry-After before anything runs, and served again after it', async () => {
    await useUp(LOGIN)
    const refused = await api.request(ME, {}, user)
    expect(refused).toMatchObject({
      status: 429,
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
      extensions: { cost: { requested: 0, used: 0, remaining: 0 } },
    })
    expect(refused.data).toBeUndefined()
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBe(1)
    api.clock.advance(seconds * SECOND)
    expect((await api.request(ME, {}, user)).status).toBe(200)
  })

  test('waits longer for more', async () => {
    await api.request(dear(100), {}, await createUser(api))
    await useUp(LOGIN)
    const refused = await api.request(dear(100), {}, user)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('2')
  })

  test('by one operation that was not seen before is refused before it runs', async () => {
    await useUp(LOGIN - 50)
    const answer = await api.request('mutation Fresh { startSession(input: {}) { session { user { sessions(first: 60) { nodes { id } } } } } }', {}, user) // prettier-ignore
    expect(answer).toMatchObject({ status: 429, extensions: { cost: { requested: 1, used: 1 } } })
    expect(await api.sql('select 1 from session_metadata where user_id = ?', [user.userId])).toEqual([])
  })

  /** Attack: a client that spreads its requests over all processes. */
  test('has too few in every process', async () => {
    const sibling = await startSibling(api)
    await useUp(LOGIN)
    expect((await sibling.request(ME, {}, user)).status).toBe(429)
    await sibling.close()
  })
})

describe('an operation beyond the ceiling', () => {
  const nested =
    '{ me { sessions(first: 100) { nodes { user { sessions(first: 100) { nodes { id } } } } } } }'

  test('is refused before it runs, told its cost and the ceiling, and charged for being read', async () => {
    for (const run of ['cold', 'again']) {
      api.statements.length = 0
      const answer = await api.request(nested, {}, user)
      expect([run, answer.status]).toEqual([run, 400])
      expect(answer.errors).toMatchObject([
        {
          message: expect.stringContaining('10302 points; 1000 are the most') as unknown,
          extensions: { code: 'BAD_USER_INPUT', cost: { requested: 10_302, maximum: OPERATION_POINTS_MAX } },
        },
      ])
      expect(answer.extensions.cost).toMatchObject({ requested: 1, used: 1 })
      expect(api.statements).toHaveLength(1)
    }
  })

  test('by the variables of a document that is hot', async () => {
    const text = `query ($n: Int!) { me { sessions(first: 20) { nodes { user { sessions(first: $n) { nodes { id } } } } } } }`
    expect((await api.request(text, { n: 1 }, user)).status).toBe(200)
    expect((await api.request(text, { n: 1 }, user)).status).toBe(200)
    expect(await api.request(text, { n: 100 }, user)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })
})

test('the points are taken in the moment in which PostgreSQL is asked who it is', async () => {
  await api.request(ME, {}, user)
  const { redis, statements } = api.app.services
  const events: string[] = []
  const read = vi.spyOn(statements, 'read')
  const original = statements.read.bind(statements)
  read.mockImplementationOnce(async (text, values) => {
    events.push('asked')
    const rows = await original(text, values)
    events.push('answered')
    return rows as never
  })
  const sent = vi.spyOn(redis, 'evalsha').mockImplementationOnce((...args: unknown[]) => {
    events.push('charged')
    sent.mockRestore()
    return (redis.evalsha as (...args: unknown[]) => never)(...args)
  })
  await api.request(ME, {}, user)
  read.mockRestore()
  expect(events).toEqual(['charged', 'asked', 'answered'])
})
