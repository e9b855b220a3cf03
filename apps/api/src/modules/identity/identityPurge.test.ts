import { newId } from '@wellness/domain/newId'
import { RETENTION_DAYS } from '@wellness/domain/retention'
import { DAY, MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { IdentityPurge } from './identityPurge.ts'
import { LOGIN_ABSOLUTE_MS, LOGIN_IDLE_MS } from './logins/login.repository.ts'
import { recordSecurityEvent } from './security-events/recordSecurityEvent.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

async function purgeAfter(milliseconds: number): Promise<Record<string, number>> {
  api.clock.advance(milliseconds)
  await new IdentityPurge({ orm: api.worker.services.orm, clock: api.clock }).run()
  const [counts] = await api.sql<Record<string, string>>(
    `select (select count(*) from logins) as logins, (select count(*) from one_time_tokens) as tokens,
      (select count(*) from security_events) as events`,
  )
  return Object.fromEntries(Object.entries(counts ?? {}).map(([name, count]) => [name, Number(count)]))
}

test('R6: links, logins and events are deleted when their time is over, and not before', async () => {
  const { userId } = await createUser(api)
  await requestSignUp(api, 'never-came-back@example.com')
  await api.worker.runDueJobs()
  await recordSecurityEvent(api.app.services.orm.em.fork(), {
    kind: 'SIGNED_IN',
    userId,
    occurredAt: api.clock.now(),
    client: { ipAddress: '192.0.2.1', userAgent: null },
  })

  const linkIsKeptMs = RETENTION_DAYS.oneTimeTokens * DAY + 60 * MINUTE
  expect(await purgeAfter(linkIsKeptMs - MINUTE)).toEqual({ logins: 1, tokens: 1, events: 1 })
  expect(await purgeAfter(MINUTE)).toEqual({ logins: 1, tokens: 0, events: 1 })
  expect(await purgeAfter(LOGIN_IDLE_MS - linkIsKeptMs - MINUTE)).toMatchObject({ logins: 1 })
  expect(await purgeAfter(MINUTE)).toEqual({ logins: 0, tokens: 0, events: 1 })
  const eventIsKeptMs = RETENTION_DAYS.securityEvents * DAY
  expect(await purgeAfter(eventIsKeptMs - LOGIN_IDLE_MS - MINUTE)).toMatchObject({ events: 1 })
  expect(await purgeAfter(MINUTE)).toMatchObject({ events: 0 })
})

test('a link for "this was not me" is kept for its seven days, and deleted a day later', async () => {
  const { userId, email } = await createUser(api)
  const em = api.app.services.orm.em.fork()
  await api.app.services.identity.tokens.issue(em, {
    id: newId(),
    purpose: 'NOT_ME',
    email,
    user: { id: userId, authEpoch: null },
    now: api.clock.now(),
  })
  expect(await purgeAfter((7 + RETENTION_DAYS.oneTimeTokens) * DAY - MINUTE)).toMatchObject({ tokens: 1 })
  expect(await purgeAfter(MINUTE)).toMatchObject({ tokens: 0 })
})

test('K3: a key that expired is deleted a month later, and one without an end never', async () => {
  const user = await createUser(api)
  await createApiKey(api, user)
  await createApiKey(api, user, { expiresAt: new Date(api.clock.now().getTime() + DAY) })
  const keys = async (milliseconds: number) => {
    await purgeAfter(milliseconds)
    return (await api.sql('select 1 from api_keys where user_id = ?', [user.userId])).length
  }
  expect(await keys((1 + RETENTION_DAYS.expiredApiKeys) * DAY - MINUTE)).toBe(2)
  expect(await keys(MINUTE)).toBe(1)
  expect(await keys(1_000 * DAY)).toBe(1)
})

test('a login that was used to its end is deleted too', async () => {
  const { userId } = await createUser(api)
  await api.sql('update logins set last_seen_at = ? where user_id = ?', [
    new Date(api.clock.now().getTime() + LOGIN_ABSOLUTE_MS),
    userId,
  ])
  expect(await purgeAfter(LOGIN_ABSOLUTE_MS - MINUTE)).toMatchObject({ logins: 1 })
  expect(await purgeAfter(MINUTE)).toMatchObject({ logins: 0 })
})
