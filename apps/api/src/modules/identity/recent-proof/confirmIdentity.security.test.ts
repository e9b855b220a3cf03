import { DAY, MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmIdentity } from '../../../testing/confirmIdentity.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { overtake } from '../../../testing/overtake.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
let person: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await passThrottleTime(api, 2 * DAY)
  person = await createUser(api)
  await setPassword(api, { email: person.email, password: PASSWORD })
})

const statusOf = async (token: string | null) => (await api.request('{ me { id } }', {}, { token })).status
const loginsOf = (userId: string) =>
  api.sql<{ id: string; created_at: string; expires_at: string }>(
    'select id, created_at, expires_at from logins where user_id = ?',
    [userId],
  )

/**
 * Attack: the token that was stolen before the proof is given the power that the proof gives.
 */
test('L1: confirmIdentity makes a new token and ends the old one at once; the login and its end stay', async () => {
  const before = await loginsOf(person.userId)
  api.clock.advance(DAY)
  const { token, expiresAt } = await confirmIdentity(api, person.token, { password: PASSWORD })
  expect(await statusOf(person.token)).toBe(401)
  expect(await statusOf(token)).toBe(200)
  expect(await loginsOf(person.userId)).toEqual(before)
  expect(new Date(expiresAt ?? '')).toEqual(new Date(before[0]?.expires_at ?? ''))
})

test('a wrong password proves nothing, changes nothing, and is told to the owner', async () => {
  const answer = await confirmIdentity(api, person.token, { password: 'wrong' })
  expect(answer).toMatchObject({
    token: null,
    expiresAt: null,
    userErrors: [{ code: 'INVALID_CREDENTIALS', path: ['password'] }],
  })
  expect(await statusOf(person.token)).toBe(200)
  expect(await api.sql('select confirmed_at from logins where user_id = ?', [person.userId])).toEqual([
    { confirmed_at: null },
  ])
  await api.worker.runDueJobs()
  expect(await api.sql('select kind from security_events where user_id = ?', [person.userId])).toEqual([
    { kind: 'SIGN_IN_FAILED' },
  ])
})

test.each([
  [{}, ['INVALID_INPUT', 'INVALID_INPUT'], ['password', 'code']],
  [{ password: null }, ['INVALID_INPUT', 'INVALID_INPUT'], ['password', 'code']],
  [{ password: PASSWORD, code: '123456' }, ['INVALID_INPUT', 'INVALID_INPUT'], ['password', 'code']],
  [{ password: '' }, ['INVALID_INPUT'], ['password']],
  [{ code: '123456' }, ['INVALID_CODE'], ['code']],
  [{ password: 'x'.repeat(5_000) }, ['PASSWORD_TOO_LONG'], ['password']],
])('%j is answered with %j beside its fields, and nothing is hashed', async (input, codes, fields) => {
  const { hashes } = api.app.services.identity.bcryptPool.work
  const { token, userErrors } = await confirmIdentity(api, person.token, input)
  expect(token).toBeNull()
  expect(userErrors.map(({ code }) => code)).toEqual(codes)
  expect(new Set(userErrors.map(({ path }) => path?.[0]))).toEqual(new Set(fields))
  expect(api.app.services.identity.bcryptPool.work.hashes).toBe(hashes)
  expect(await statusOf(person.token)).toBe(200)
})

/**
 * Attack: whoever stole a token has the password guessed by its login, where no stranger's limit stands in the way.
 */
test('S4: five proofs may fail, for all logins of the user together; then each costs a growing wait', async () => {
  const { data } = await signIn(api, { email: person.email, password: PASSWORD })
  const tokens = [person.token, data.signIn.token ?? '']
  const codes: (string | undefined)[] = []
  for (let i = 0; i < 8; i += 1) {
    const { userErrors } = await confirmIdentity(
      api,
      tokens[i % 2] ?? '',
      { password: 'wrong' },
      { clientAddress: `198.51.100.${i}` },
    )
    codes.push(userErrors[0]?.code)
  }
  expect(codes).toEqual([
    ...Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'),
    ...Array.from({ length: 3 }, () => 'TOO_MANY_ATTEMPTS'),
  ])
  await passThrottleTime(api, 15 * MINUTE)
  expect((await confirmIdentity(api, person.token, { password: PASSWORD })).userErrors).toEqual([])
})

test('S4: a proof counts for the client address like a sign-in', async () => {
  const { throttles } = api.app.services.identity
  for (let i = 0; i < 100; i += 1) await throttles.admitSignIn(`person-${i}@example.com`, '203.0.113.7')
  const refused = await confirmIdentity(
    api,
    person.token,
    { password: PASSWORD },
    { clientAddress: '203.0.113.7' },
  )
  expect(refused.userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }])
})

/**
 * Attack: a stranger fails to sign in on purpose, so that the owner cannot prove themselves to end what goes on.
 */
test('S5: failed sign-ins of strangers do not hold up the proof of who is signed in', async () => {
  for (let i = 0; i < 8; i += 1) await signIn(api, { email: person.email, password: 'wrong' })
  expect((await confirmIdentity(api, person.token, { password: PASSWORD })).userErrors).toEqual([])
})

/**
 * Attack: a hundred guesses in one document.
 */
test('S4: a document may hold one confirmIdentity, and none beside a sign-in', async () => {
  for (const other of [
    'b: confirmIdentity(input: { password: "guess" }) { token }',
    `b: signIn(input: { email: "${person.email}", password: "guess" }) { token }`,
  ]) {
    const { status } = await api.request(
      `mutation { a: confirmIdentity(input: { password: "guess" }) { token } ${other} }`,
      {},
      { token: person.token },
    )
    expect(status).toBe(400)
  }
})

/**
 * Attack: none; a person confirms in two tabs at once. Were both answered, the later cookie could be the void token.
 */
test('L12: of two proofs side by side with one token, one is answered and the other refused as void', async () => {
  const answers = await Promise.all([
    confirmIdentity(api, person.token, { password: PASSWORD }),
    confirmIdentity(api, person.token, { password: PASSWORD }),
  ])
  const [won, lost] = answers.toSorted((a, b) => a.status - b.status)
  expect([won?.status, lost?.status]).toEqual([200, 401])
  expect(await statusOf(won?.token ?? null)).toBe(200)
})

/**
 * Attack: the password is known, and its owner changes it, or ends the login, while the proof with the old one is checked.
 */
test.each([
  ['the login is ended', 'delete from logins where user_id = ?'],
  ['the user’s epoch is raised', 'update users set auth_epoch = auth_epoch + 1 where id = ?'],
])('L10: a proof during which %s gives no token that works', async (_what, statement) => {
  // Between the check and the new token.
  const { status, token } = await overtake(api, {
    held: ['lock table logins in share row exclusive mode'],
    request: () => confirmIdentity(api, person.token, { password: PASSWORD }),
    change: (tx) => tx.execute(statement, [person.userId]),
  })
  expect([status, token]).toEqual([401, null])
})

test('neither password nor token is in any log record', async () => {
  const { token } = await confirmIdentity(api, person.token, { password: PASSWORD })
  await confirmIdentity(api, token ?? '', { password: 'another secret' })
  const log = api.logLines.join('\n')
  for (const secret of [PASSWORD, 'another secret', person.token, token]) expect(log).not.toContain(secret)
})
