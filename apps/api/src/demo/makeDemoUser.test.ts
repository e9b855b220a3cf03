import { DAY, HOUR } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PasswordHasher } from '../modules/identity/passwords/passwordHasher.ts'
import { createTestApi, type TestApi } from '../testing/createTestApi.ts'
import { demoSessions } from './demoSessions.ts'
import { makeDemoUser } from './makeDemoUser.ts'

const password = 'a demo password of some length'
let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

async function makeDemo() {
  const { keys, identity, orm } = api.app.services
  const hasher = new PasswordHasher({ keys, pool: identity.bcryptPool, cost: api.env.BCRYPT_COST })
  await makeDemoUser(orm.em.fork(), hasher, {
    email: 'demo@example.com',
    password,
    timeZone: 'Europe/Stockholm',
    timeZoneOffsetMs: HOUR,
    now: api.clock.now(),
  })
}

test('the demo user signs in and finds ninety days of sessions, none of them live, made once', async () => {
  await makeDemo()
  const [first] = await api.sql<{ count: string }>('select count(*) as count from session_metadata')
  await makeDemo()

  const { data } = await api.request<{ signIn: { token: string } }>(
    'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
    { input: { email: 'demo@example.com', password } },
  )
  const answer = await api.request(
    '{ me { name liveSession { id } sessions(last: 1) { totalCount nodes { startedAt durationSeconds } } } }',
    {},
    { token: data.signIn.token },
  )
  expect(answer.data).toMatchObject({
    me: { name: 'Robin', liveSession: null, sessions: { totalCount: Number(first?.count) } },
  })
  expect(Number(first?.count)).toBeGreaterThan(60)
})

test('demo sessions are in the past, overlap nowhere, and reach back ninety days', () => {
  const now = new Date('2026-11-22T11:30:00.000Z')
  const sessions = demoSessions(now, -5 * HOUR)
  let lastEnd = 0
  for (const { startedAt, endedAt } of sessions) {
    expect(startedAt.getTime()).toBeGreaterThan(lastEnd)
    expect(endedAt.getTime()).toBeGreaterThan(startedAt.getTime())
    lastEnd = endedAt.getTime()
  }
  expect(lastEnd).toBeLessThan(now.getTime())
  expect(sessions[0]?.startedAt.getTime()).toBeLessThan(now.getTime() - 85 * DAY)
  expect(sessions.some(({ status }) => status === 'EXPIRED')).toBe(true)
})
