import { DAY, HOUR } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { completeSignUp } from '../../../testing/completeSignUp.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { requestSignUp, requestSignUpLink } from '../../../testing/requestSignUp.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { opaqueToken } from '../../../platform/crypto/opaqueToken.ts'
import { signIn } from '../../../testing/signIn.ts'
import { LoginRepository } from './login.repository.ts'
import type { LoginViewer } from './viewer.ts'

const PASSWORD = 'a quiet morning by the sea'
const CLIENT = { ipAddress: '192.0.2.1', userAgent: null }

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

async function statusOf(token: string | null): Promise<number> {
  return (await api.request('{ me { id } }', {}, { token })).status
}

async function signOut(token: string | null): Promise<{ status: number; codes: string[] }> {
  const { status, errors } = await api.request(
    'mutation { signOut { userErrors { code } } }',
    {},
    { token: token ?? null },
  )
  return { status, codes: errors?.map(({ extensions }) => extensions.code) ?? [] }
}

async function createUserWithPassword(): Promise<TestUser> {
  const user = await createUser(api)
  await setPassword(api, { email: user.email, password: PASSWORD })
  return user
}

async function newToken(email: string, token?: string): Promise<string> {
  const { data } = await signIn(api, { email, password: PASSWORD, ...(token ? { token } : {}) })
  return data.signIn.token ?? ''
}

/**
 * Attack: a token that the attacker knows, or planted, is still good after the owner signed in.
 */
test('L1: every sign-in makes a new token, and ends the login that it came with and no other', async () => {
  const { email, token: elsewhere } = await createUserWithPassword()
  const first = await newToken(email)
  const second = await newToken(email, first)
  expect(new Set([elsewhere, first, second]).size).toBe(3)
  expect(await statusOf(first)).toBe(401)
  expect(await statusOf(second)).toBe(200)
  expect(await statusOf(elsewhere)).toBe(200)
})

test('L1: a sign-in that is refused ends nothing', async () => {
  const { email, token } = await createUserWithPassword()
  await signIn(api, { email, password: 'wrong', token })
  expect(await statusOf(token)).toBe(200)
})

/**
 * Attack: a token is found weeks later, in a back-up of a device or in somebody's notes.
 */
test('L4: a login that is not used for 14 days ends by itself', async () => {
  const { token } = await createUser(api)
  api.clock.advance(14 * DAY - 1)
  expect(await statusOf(token)).toBe(200)
  api.clock.advance(14 * DAY - 1)
  expect(await statusOf(token)).toBe(200)
  const { token: unused } = await createUser(api)
  api.clock.advance(14 * DAY)
  expect(await statusOf(unused)).toBe(401)
})

test('L4: a login ends after 30 days, however much it is used', async () => {
  const { email } = await createUserWithPassword()
  const { data } = await signIn(api, { email, password: PASSWORD })
  const { token, expiresAt } = data.signIn
  expect(new Date(expiresAt ?? '').getTime()).toBe(api.clock.now().getTime() + 30 * DAY)
  for (let day = 0; day < 29; day += 1) {
    api.clock.advance(DAY)
    expect(await statusOf(token)).toBe(200)
  }
  api.clock.advance(DAY - 1)
  expect(await statusOf(token)).toBe(200)
  api.clock.advance(1)
  expect(await statusOf(token)).toBe(401)
})

test('L4: the use of a login is written down rarely enough that reading stays reading', async () => {
  const { token } = await createUser(api)
  const earlier = api.statements.length
  for (let i = 0; i < 5; i += 1) await statusOf(token)
  expect(api.statements.slice(earlier).filter((sql) => /^\s*update/i.test(sql))).toEqual([])
})

/**
 * Attack: a cookie that was copied before its owner signed out is sent again.
 */
test('L5: after signing out the token is refused, and so is signing out with it', async () => {
  const { token, userId } = await createUser(api)
  expect(await signOut(token)).toEqual({ status: 200, codes: [] })
  expect(await statusOf(token)).toBe(401)
  expect(await signOut(token)).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] })
  expect(await api.sql('select kind from security_events where user_id = ?', [userId])).toEqual([
    { kind: 'SIGNED_OUT' },
  ])
})

test('L5: requests that sign out side by side end one login, and tell of it once', async () => {
  const { token, userId } = await createUser(api)
  const { orm, statements, clock, identity } = api.app.services
  const viewer = await new LoginRepository([]).findViewer(
    statements,
    opaqueToken.hash(token) ?? Buffer.of(),
    clock.now(),
  )
  await Promise.all(
    Array.from({ length: 6 }, () => identity.logins.end(orm.em.fork(), viewer as LoginViewer, CLIENT)),
  )
  expect(await api.sql('select kind from security_events where user_id = ?', [userId])).toHaveLength(1)
})

test('L5: signing out needs a login, and ends nobody else’s', async () => {
  const { email, token } = await createUserWithPassword()
  const other = await newToken(email)
  expect((await signOut(null)).codes).toEqual(['UNAUTHENTICATED'])
  await signOut(other)
  expect(await statusOf(token)).toBe(200)
})

test.each([
  ['the epoch of its user was raised', 'update users set auth_epoch = auth_epoch + 1 where id = ?'],
  ['its user was disabled', 'update users set disabled_at = now() where id = ?'],
  ['its user was deleted', 'delete from users where id = ?'],
])('L6, L10: a login ends at once when %s', async (_what, statement) => {
  const { token, userId } = await createUser(api)
  const other = await createUser(api)
  await api.sql(statement, [userId])
  expect(await statusOf(token)).toBe(401)
  expect(await statusOf(other.token)).toBe(200)
})

/**
 * Attack: a sign-in with the old password is under way while the owner changes it, or ends all logins.
 */
test('L10: a sign-in whose user changed while the password was checked signs nobody in', async () => {
  const { email, userId } = await createUserWithPassword()
  const attempt = await api.app.services.orm.em.fork().transactional(async (tx) => {
    // Holds the sign-in up between the check and the new login.
    await tx.execute('lock table logins in share row exclusive mode')
    const answer = signIn(api, { email, password: PASSWORD })
    await vi.waitFor(
      async () =>
        expect(
          await tx.execute(`select 1 from pg_locks where relation = 'logins'::regclass and not granted`),
        ).toHaveLength(1),
      { timeout: 10_000 },
    )
    await tx.execute('update users set auth_epoch = auth_epoch + 1 where id = ?', [userId])
    return { answer }
  })
  expect((await attempt.answer).data.signIn).toMatchObject({
    token: null,
    userErrors: [{ code: 'INVALID_CREDENTIALS' }],
  })
  expect(await api.sql('select kind from security_events where user_id = ?', [userId])).toEqual([])
})

test('L10: a login is not made for an epoch that is no more, or for a disabled user', async () => {
  const { logins } = api.app.services.identity
  const em = api.app.services.orm.em.fork()
  const { userId } = await createUser(api)
  expect(await logins.create(em, { userId, authEpoch: 1, client: CLIENT })).toBeNull()
  await api.sql('update users set disabled_at = now() where id = ?', [userId])
  expect(await logins.create(em, { userId, authEpoch: 0, client: CLIENT })).toBeNull()
})

/** Every value of every table, the queue's too, in the forms that a token could be made of. */
async function everythingStored(): Promise<Set<string>> {
  const tables = await api.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`,
  )
  const values = new Set<string>()
  for (const { name } of tables) {
    const rows = await api.sql<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t`)
    for (const value of rows.flatMap(({ row }) => Object.values(row))) {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      const bytes = Buffer.from(text.replace(/^\\x/, ''), 'hex')
      const forms = [text, bytes.toString('hex'), bytes.toString('base64url'), bytes.toString('latin1')]
      for (const form of forms) if (/^[\x21-\x7e]+$/.test(form)) values.add(form)
    }
  }
  return values
}

/**
 * Attack: somebody has a dump of the database, and tries all that is in it as a token, of a login or of a link.
 */
test('a dump of the database signs nobody in', async () => {
  const { email, token } = await createUserWithPassword()
  await newToken(email)
  const link = await requestSignUpLink(api, 'dumped@example.com')
  await requestSignUp(api, 'queued@example.com')

  const values = await everythingStored()
  expect(values.size).toBeGreaterThan(50)
  expect(values).not.toContain(token)
  for (const value of values) {
    expect(await statusOf(value), value).toBe(401)
    expect((await completeSignUp(api, value)).token, value).toBeNull()
  }
  expect(await statusOf(token)).toBe(200)
  expect((await completeSignUp(api, link)).token).not.toBeNull()
})

/**
 * Attack: none; a person signs out on one device while they practise on another.
 */
test('L11: signing out neither ends nor touches a session that is running', async () => {
  const { token, userId } = await createUser(api)
  const started = await api.request<{ startSession: { session: { id: string } } }>(
    'mutation { startSession(input: {}) { session { id } userErrors { code } } }',
    {},
    { token },
  )
  expect(started.data.startSession.session.id).toMatch(/^session_/)
  const record = () => api.sql('select * from session_metadata where user_id = ?', [userId])
  const live = async () => {
    const keys = await findRedisKeys(api.app.services.redis, 'session:*')
    return Promise.all(keys.map(async (key) => [key, await api.app.services.redis.get(key)]))
  }
  const before = [await record(), await live()]
  expect(before.map((rows) => rows.length)).toEqual([1, 1])
  api.clock.advance(HOUR / 2)
  await signOut(token)
  expect([await record(), await live()]).toEqual(before)
})
