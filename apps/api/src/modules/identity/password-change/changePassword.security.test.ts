import { DAY } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailsTo } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { overtake } from '../../../testing/overtake.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const OLD = 'a quiet morning by the sea'
const NEW = 'an evening in the high hills'

let api: TestApi
let person: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.worker.runDueJobs()
  api.mailbox.clear()
  await passThrottleTime(api, 2 * DAY)
  person = await createUser(api)
  await setPassword(api, { email: person.email, password: OLD })
})

const change = (token: string, currentPassword = OLD, newPassword = NEW) =>
  mutate(api, 'changePassword', { currentPassword, newPassword }, { token, fields: 'token expiresAt' })
const trySignIn = async (password: string) =>
  (await signIn(api, { email: person.email, password })).data.signIn
const statusOf = async (token: string | null) => (await api.request('{ me { id } }', {}, { token })).status

/**
 * Attack: whoever knew the password, or holds a stolen token, stays signed in after its owner changed it.
 */
test('L6, L1: a change ends every other login, and this one goes on under a new token alone', async () => {
  const { token: other } = await trySignIn(OLD)
  const { token, codes } = await change(person.token)
  expect(codes).toEqual([])
  expect(await Promise.all([other, person.token, token].map(statusOf))).toEqual([401, 401, 200])
  expect(await api.sql('select 1 from logins where user_id = ?', [person.userId])).toHaveLength(1)
  expect((await trySignIn(OLD)).token).toBeNull()
  expect((await trySignIn(NEW)).token).not.toBeNull()
})

test('R4, R6: a change is told by mail, and among what happened to the account', async () => {
  await change(person.token)
  expect(await api.sql('select kind from security_events where user_id = ?', [person.userId])).toEqual([
    { kind: 'PASSWORD_CHANGED' },
  ])
  const [mail] = await mailsTo(api, person.email)
  expect(mail?.subject).toBe('Your password was changed')
  expect(mail?.text.split('\n')).toContain(mail?.links[0])
  expect(mail?.links[0]).toMatch(/^http:\/\/localhost:3000\/security\/not-me\?token=[\w-]{43}$/)
})

describe('what is refused changes nothing:', () => {
  test.each([
    ['wrong', NEW, 'INVALID_CREDENTIALS', 'currentPassword'],
    ['', NEW, 'INVALID_INPUT', 'currentPassword'],
    ['x'.repeat(5_000), NEW, 'PASSWORD_TOO_LONG', 'currentPassword'],
    [OLD, 'short', 'PASSWORD_TOO_SHORT', 'newPassword'],
    [OLD, 'x'.repeat(129), 'PASSWORD_TOO_LONG', 'newPassword'],
    [OLD, 'passwordpassword', 'PASSWORD_COMPROMISED', 'newPassword'],
    [OLD, 'wellness-sensory', 'PASSWORD_COMPROMISED', 'newPassword'],
    [OLD, OLD, 'INVALID_INPUT', 'newPassword'],
    ['wrong and long enough', 'wrong and long enough', 'INVALID_CREDENTIALS', 'currentPassword'],
  ])('%s to %s is %s', async (current, next, code, field) => {
    const { token: other } = await trySignIn(OLD)
    expect(await change(person.token, current, next)).toMatchObject({
      token: null,
      userErrors: [{ code, path: [field] }],
    })
    expect(await Promise.all([other, person.token].map(statusOf))).toEqual([200, 200])
    expect((await trySignIn(OLD)).token).not.toBeNull()
    const subjects = (await mailsTo(api, person.email)).map(({ subject }) => subject)
    expect(subjects).not.toContain('Your password was changed')
  })

  test('the password that it is already, in another Unicode form', async () => {
    const composed = 'un matin très calme à la mer'
    await setPassword(api, { email: person.email, password: composed })
    expect((await change(person.token, composed, composed.normalize('NFD'))).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['newPassword'] },
    ])
  })

  test('a request without a login', async () => {
    const answer = await api.request(
      `mutation { changePassword(input: { currentPassword: "${OLD}", newPassword: "${NEW}" }) { token } }`,
    )
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})

/**
 * Attack: whoever stole a token has the password guessed here instead of at the sign-in.
 */
test('S4: wrong current passwords count together with those of confirmIdentity', async () => {
  const codes: string[] = []
  for (let i = 0; i < 3; i += 1) codes.push(...(await change(person.token, 'wrong')).codes)
  for (let i = 0; i < 3; i += 1) {
    codes.push(
      ...(await mutate(api, 'confirmIdentity', { password: 'wrong' }, { token: person.token })).codes,
    )
  }
  expect(codes).toEqual([...Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'), 'TOO_MANY_ATTEMPTS'])
})

test('S4: a document may hold one changePassword', async () => {
  const call = 'changePassword(input: { currentPassword: "a", newPassword: "b" }) { token }'
  const { status } = await api.request(`mutation { a: ${call} b: ${call} }`, {}, { token: person.token })
  expect(status).toBe(400)
})

/**
 * Attack: a thief changes the password in the moment in which the owner ends their login, or resets it.
 */
test.each([
  ['the login was ended', 'delete from logins where user_id = ?'],
  ['the epoch was raised', 'update users set auth_epoch = auth_epoch + 1 where id = ?'],
  ['the user was disabled', 'update users set disabled_at = now() where id = ?'],
])('L10: a change under way while %s changes nothing', async (_what, statement) => {
  const [before] = await api.sql('select password_hash from users where id = ?', [person.userId])
  const { status, token } = await overtake(api, {
    held: ['select 1 from users where id = ? for update', [person.userId]],
    request: () => change(person.token),
    change: (tx) => tx.execute(statement, [person.userId]),
  })
  expect([status, token]).toEqual([401, null])
  expect(await api.sql('select password_hash from users where id = ?', [person.userId])).toEqual([before])
  expect(await api.sql('select kind from security_events where user_id = ?', [person.userId])).toEqual([])
})

test('neither password nor token is in any log record', async () => {
  const { token } = await change(person.token)
  const log = api.logLines.join('\n')
  for (const secret of [OLD, NEW, token, person.email]) expect(log).not.toContain(secret)
})
