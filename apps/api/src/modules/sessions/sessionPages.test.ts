import { newId } from '@wellness/domain/newId'
import { DAY, HOUR, MINUTE } from '@wellness/domain/time'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'
import { insertSessions } from '../../testing/sessions/insertSessions.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'

interface Page {
  edges: { cursor: string; node: { id: string } }[]
  nodes: { id: string }[]
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

interface PageArguments {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
  filter?: { from?: string | null; to?: string | null } | null
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
  me { sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }`

let api: TestApi
let user: TestUser
let sessions: SessionOperations
beforeAll(async () => {
  api = await createTestApi()
})
beforeEach(async () => {
  user = await createUser(api)
  sessions = new SessionOperations(api, user)
})
afterAll(() => api.close())

async function page(args: PageArguments): Promise<Page> {
  const { data, errors } = await sessions.request<{ me: { sessions: Page } }>(PAGE, { ...args })
  if (errors) throw new Error(JSON.stringify(errors))
  return data.me.sessions
}
const idsOf = ({ nodes }: Page) => nodes.map(({ id }) => id)
const refusal = async (args: PageArguments) =>
  (await sessions.request(PAGE, { ...args })).errors?.[0]?.extensions.code

describe('pages', () => {
  test('of a user without sessions are empty', async () => {
    expect(await page({ first: 5 })).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  test('go forward and backward over sessions of one instant, each once, newest first', async () => {
    const startedAt = '2026-03-01T09:00:00.123Z'
    const tied = await insertSessions(
      api,
      user.userId,
      Array.from({ length: 5 }, () => ({ startedAt })),
    )
    const [older] = await insertSessions(api, user.userId, [{ startedAt: '2026-03-01T09:00:00.122Z' }])
    const [newer] = await insertSessions(api, user.userId, [{ startedAt: '2026-03-01T09:00:00.124Z' }])
    const all = [newer, ...tied.reverse(), older]

    const forward: string[] = []
    let next: Page | undefined
    do {
      next = await page({ first: 2, ...(next && { after: next.pageInfo.endCursor }) })
      forward.push(...idsOf(next))
      expect(next.pageInfo.hasPreviousPage).toBe(forward.length > 2)
    } while (next.pageInfo.hasNextPage)
    expect(forward).toEqual(all)

    const backward: string[] = []
    let previous: Page | undefined
    do {
      previous = await page({ last: 2, ...(previous && { before: previous.pageInfo.startCursor }) })
      backward.unshift(...idsOf(previous))
      expect(previous.pageInfo.hasNextPage).toBe(backward.length > 2)
    } while (previous.pageInfo.hasPreviousPage)
    expect(backward).toEqual(all)
  })

  test('skip nothing where another writer kept microseconds', async () => {
    const ids = await insertSessions(
      api,
      user.userId,
      ['123456', '123455', '123000', '122999'].map((micros) => ({
        startedAt: `2026-03-01T09:00:00.${micros}Z`,
      })),
    )
    const found: string[] = []
    let after: string | null = null
    for (let index = 0; index < 4; index++) {
      const one: Page = await page({ first: 1, after })
      found.push(...idsOf(one))
      after = one.pageInfo.endCursor
    }
    expect(found).toEqual(ids)
  })

  test('are what a list of everything says, for any arguments', async () => {
    const start = Date.parse('2026-03-01T09:00:00.000Z')
    await insertSessions(
      api,
      user.userId,
      Array.from({ length: 12 }, (_, index) => ({ startedAt: new Date(start + Math.floor(index / 3)) })),
    )
    const { edges } = await page({ first: 100 })
    const place = fc.option(fc.integer({ min: 0, max: edges.length - 1 }))
    const size = fc.integer({ min: 1, max: 14 })
    await fc.assert(
      fc.asyncProperty(fc.boolean(), size, place, place, async (isForward, limit, after, before) => {
        const cursorAt = (index: number | null) => (index === null ? null : (edges[index]?.cursor ?? null))
        const between = edges.slice(after === null ? 0 : after + 1, before ?? edges.length)
        const expected = isForward ? between.slice(0, limit) : between.slice(-limit)
        const answer = await page({
          ...(isForward ? { first: limit } : { last: limit }),
          after: cursorAt(after),
          before: cursorAt(before),
        })
        expect(answer.edges).toEqual(expected)
        expect(answer.nodes).toEqual(expected.map(({ node }) => node))
        expect(answer.pageInfo).toEqual({
          startCursor: expected[0]?.cursor ?? null,
          endCursor: expected.at(-1)?.cursor ?? null,
          hasNextPage: isForward ? between.length > limit : before !== null,
          hasPreviousPage: isForward ? after !== null : between.length > limit,
        })
      }),
      { numRuns: 60 },
    )
  })

  test('need exactly one of first and last, from 1 to 100', async () => {
    for (const args of [
      {},
      { first: null },
      { first: 0 },
      { first: -1 },
      { first: 101 },
      { first: 1_000_000 },
      { last: 0 },
      { last: 101 },
      { first: 1, last: 1 },
    ])
      expect(await refusal(args), JSON.stringify(args)).toBe('BAD_USER_INPUT')
    expect(await refusal({ first: 100 })).toBeUndefined()
    expect(await refusal({ last: 1, first: null })).toBeUndefined()
  })

  test('show a live session as it stands, and what lapsed as over', async () => {
    const id = await sessions.startNew()
    const list = async () =>
      (
        await sessions.request<{ me: { sessions: { nodes: object[] } } }>(
          '{ me { sessions(first: 1) { nodes { id status expiresAt endedAt } } } }',
        )
      ).data.me.sessions.nodes
    const startedAt = api.clock.now()
    const expiresAt = new Date(startedAt.getTime() + HOUR).toISOString()
    expect(await list()).toEqual([{ id, status: 'RUNNING', expiresAt, endedAt: null }])
    api.clock.advance(HOUR)
    expect(await list()).toEqual([
      { id, status: 'EXPIRED', expiresAt: null, endedAt: startedAt.toISOString() },
    ])
  })

  test('cost one request to PostgreSQL beside the login’s, at any depth; the total one more, if asked for', async () => {
    await insertSessions(
      api,
      user.userId,
      Array.from({ length: 30 }, (_, index) => ({ startedAt: new Date(index * DAY) })),
    )
    const { pageInfo } = await page({ first: 20 })
    api.statements.length = 0
    await page({ first: 10, after: pageInfo.endCursor })
    expect(api.statements).toHaveLength(2)
    const { data } = await sessions.request<{ me: { sessions: { totalCount: number } } }>(
      '{ me { sessions(first: 1) { totalCount } } }',
    )
    expect(data.me.sessions.totalCount).toBe(30)
    expect(api.statements).toHaveLength(5)
  })
})

describe('the filter', () => {
  const totalOf = async (filter: PageArguments['filter']) => {
    const { data } = await sessions.request<{ me: { sessions: { totalCount: number; nodes: object[] } } }>(
      'query ($filter: SessionFilter) { me { sessions(first: 100, filter: $filter) { totalCount nodes { id } } } }',
      { filter },
    )
    expect(data.me.sessions.nodes).toHaveLength(data.me.sessions.totalCount)
    return data.me.sessions.totalCount
  }

  test('counts each session on the day it had where the person was', async () => {
    await insertSessions(api, user.userId, [
      // All three are of 1 March where the person was, and of three different days in UTC.
      { startedAt: '2026-02-28T10:00:00.000Z', timeZone: 'Pacific/Kiritimati' },
      { startedAt: '2026-03-01T12:00:00.000Z', timeZone: 'UTC' },
      { startedAt: '2026-03-02T11:59:59.999Z', timeZone: 'Etc/GMT+12' },
      // And these are not.
      { startedAt: '2026-02-28T09:59:59.999Z', timeZone: 'Pacific/Kiritimati' },
      { startedAt: '2026-03-02T12:00:00.000Z', timeZone: 'Etc/GMT+12' },
    ])
    expect(await totalOf({ from: '2026-03-01', to: '2026-03-01' })).toBe(3)
    expect(await totalOf({ from: '2026-03-02' })).toBe(1)
    expect(await totalOf({ to: '2026-02-28' })).toBe(1)
    expect(await totalOf({ from: '2026-03-02', to: '2026-03-01' })).toBe(0)
    for (const all of [null, {}, { from: null, to: null }]) expect(await totalOf(all)).toBe(5)
  })

  test('knows the days on which clocks change', async () => {
    const timeZone = 'Europe/Stockholm'
    await insertSessions(
      api,
      user.userId,
      [
        // 29 March 2026 has 23 hours, 25 October has 25.
        '2026-03-28T23:00:00.000Z',
        '2026-03-29T21:59:59.999Z',
        '2026-10-24T22:00:00.000Z',
        '2026-10-25T22:59:59.999Z',
      ].map((startedAt) => ({ startedAt, timeZone })),
    )
    await insertSessions(
      api,
      user.userId,
      [
        '2026-03-28T22:59:59.999Z',
        '2026-03-29T22:00:00.000Z',
        '2026-10-24T21:59:59.999Z',
        '2026-10-25T23:00:00.000Z',
      ].map((startedAt) => ({ startedAt, timeZone })),
    )
    expect(await totalOf({ from: '2026-03-29', to: '2026-03-29' })).toBe(2)
    expect(await totalOf({ from: '2026-10-25', to: '2026-10-25' })).toBe(2)
  })

  test('agrees with the calendar of the runtime in every time zone', async () => {
    const start = Date.parse('2026-01-01T00:00:00.000Z')
    const zones = Intl.supportedValuesOf('timeZone')
    const sample = zones.map((timeZone, index) => ({
      timeZone,
      startedAt: new Date(start + ((index * 37) % 365) * DAY + ((index * 101) % 1440) * MINUTE),
    }))
    await api.sql(
      `insert into session_metadata (id, user_id, started_at, last_seen_at, ended_at, duration_seconds, time_zone, status)
      select id, ?, at, at, at, 0, zone, 'COMPLETED'
      from unnest(array[?]::uuid[], array[?]::timestamptz[], array[?]::text[]) as s (id, at, zone)`,
      [
        user.userId,
        sample.map(() => newId()),
        sample.map(({ startedAt }) => startedAt),
        sample.map(({ timeZone }) => timeZone),
      ],
    )
    const expected = new Map<string, number>()
    for (const { timeZone, startedAt } of sample) {
      const day = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(startedAt)
      expected.set(day, (expected.get(day) ?? 0) + 1)
    }
    for (const [day, count] of [...expected].slice(0, 60))
      expect(await totalOf({ from: day, to: day }), day).toBe(count)
  })

  test('takes the first and the last day of the calendar, and no day that there is not', async () => {
    await insertSessions(api, user.userId, [{ startedAt: '2026-03-01T09:00:00.000Z' }])
    expect(await totalOf({ from: '0001-01-01', to: '9999-12-31' })).toBe(1)
    for (const from of ['2026-02-30', '2026-3-1', 'yesterday', "2026-03-01'; --", '0000-01-01', 20260301]) {
      const answer = await sessions.request(PAGE, { first: 1, filter: { from } })
      expect(answer.errors?.[0]?.extensions.code, String(from)).toBe('BAD_USER_INPUT')
    }
  })
})
