import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailedToken } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { runProgram } from '../../../testing/runProgram.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

async function operate(...args: string[]) {
  const { code, stdout, stderr } = await runProgram(api, 'operator.ts', { args })
  return { code, stdout: stdout.toString(), stderr }
}

async function createPerson(): Promise<TestUser> {
  const person = await createUser(api)
  await setPassword(api, { email: person.email, password: PASSWORD })
  return person
}

const statusOf = async (token: string) => (await api.request('{ me { id } }', {}, { token })).status
const trySignIn = async (email: string) => (await signIn(api, { email, password: PASSWORD })).data.signIn
const eventsOf = async (userId: string) =>
  (
    await api.sql<{ kind: string }>(
      "select kind from security_events where user_id = ? and kind like '%OPERATOR' order by id",
      [userId],
    )
  ).map(({ kind }) => kind)

test('L6: a disabled user’s requests are refused from the next one on, and so is signing in, until they are enabled', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  expect(await statusOf(person.token)).toBe(200)

  const key = await createApiKey(api, person)
  const disabled = await operate('disable-user', person.email.toUpperCase())
  expect(disabled).toEqual({
    code: 0,
    stdout: `${person.email} (${publicId.from('user', person.userId)}) is disabled: 1 login was ended, 1 API key was revoked.\n`,
    stderr: '',
  })
  expect([await statusOf(person.token), await statusOf(key.token)]).toEqual([401, 401])
  const refused = await trySignIn(person.email)
  expect(refused).toMatchObject({ token: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] })

  const enabled = await operate('enable-user', publicId.from('user', person.userId))
  expect(enabled).toMatchObject({ code: 0, stdout: expect.stringContaining('is enabled') as string })
  expect([await statusOf(person.token), await statusOf(key.token)]).toEqual([401, 401])
  const { token } = await trySignIn(person.email)
  expect(await statusOf(token ?? '')).toBe(200)
  expect(await statusOf(other.token)).toBe(200)
  expect(await eventsOf(person.userId)).toEqual(['DISABLED_BY_OPERATOR', 'ENABLED_BY_OPERATOR'])
  expect(await eventsOf(other.userId)).toEqual([])
})

test('L6: logins that the operator ended are refused from the next request on, on every device, and signing in again is possible', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  const { token } = await trySignIn(person.email)
  const ended = await operate('end-logins', person.email)
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('2 logins were ended') as string })
  expect([await statusOf(person.token), await statusOf(token ?? '')]).toEqual([401, 401])
  expect(await statusOf((await trySignIn(person.email)).token ?? '')).toBe(200)
  expect(await statusOf(other.token)).toBe(200)
  expect(await eventsOf(person.userId)).toEqual(['LOGINS_ENDED_BY_OPERATOR'])
})

test('K6: revoked keys are refused from the next request on, and logins stay; ended logins leave keys as they are', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  const keys = [await createApiKey(api, person), await createApiKey(api, person)]
  const others = await createApiKey(api, other)
  const revoked = await operate('revoke-keys', person.email)
  expect(revoked).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('2 API keys were revoked') as string,
  })
  for (const key of keys) expect(await statusOf(key.token)).toBe(401)
  expect(await statusOf(person.token)).toBe(200)
  expect(await eventsOf(person.userId)).toEqual(['API_KEYS_REVOKED_BY_OPERATOR'])
  await operate('end-logins', other.email)
  expect(await statusOf(others.token)).toBe(200)
})

/** A sign-in that has checked the password already must not slip through beside the command. */
test('a login that is made from what was read before the logins were ended is dead from the start', async () => {
  const person = await createPerson()
  await operate('end-logins', person.email)
  const login = await api.app.services.identity.logins.create(api.app.services.orm.em.fork(), {
    userId: person.userId,
    authEpoch: 0,
    client: { ipAddress: '192.0.2.1', userAgent: null },
  })
  expect(login).toBeNull()
})

test('R3, R8: a reset that the operator starts is a mail to the owner, however many were asked for, and changes nothing by itself', async () => {
  const person = await createPerson()
  for (let i = 0; i < 6; i += 1) {
    await mutate(api, 'requestPasswordReset', { email: person.email })
    await api.worker.runDueJobs()
    // As if the links had been used, of which three may be open.
    await api.sql('update one_time_tokens set used_at = now() where email = ?', [person.email])
  }
  api.mailbox.clear()
  const started = await operate('start-reset', person.email)
  expect(started).toMatchObject({ code: 0, stdout: expect.stringContaining('gets a mail') as string })
  const token = await mailedToken(api, person.email, '/reset-password')
  expect(await statusOf(person.token)).toBe(200)
  expect((await trySignIn(person.email)).token).not.toBeNull()
  const reset = await mutate(api, 'resetPassword', { token, password: `${PASSWORD}, another` })
  expect([reset.codes, await statusOf(person.token)]).toEqual([[], 401])
  expect(await eventsOf(person.userId)).toEqual(['RESET_STARTED_BY_OPERATOR'])
})

test('no reset is started for a disabled user, and none is left behind', async () => {
  const person = await createPerson()
  await operate('disable-user', person.email)
  const refused = await operate('start-reset', person.email)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('enable it first') as string })
  const left = "select 1 from graphile_worker._private_jobs where payload->>'askedBy' = 'OPERATOR'"
  expect(await api.sql(left)).toEqual([])
  expect(await eventsOf(person.userId)).toEqual(['DISABLED_BY_OPERATOR'])
})

test('what is so already is said, and is no second event', async () => {
  const person = await createPerson()
  await operate('disable-user', person.email)
  const again = await operate('disable-user', person.email)
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was changed') as string })
  expect(await eventsOf(person.userId)).toEqual(['DISABLED_BY_OPERATOR'])
})

test.each([
  [['disable-user', 'nobody@example.com'], 1, 'There is no user with the address nobody@example.com.'],
  [
    ['end-logins', 'user_00000000000000000000000000'],
    1,
    'There is no user with the id user_00000000000000000000000000.',
  ],
  [['enable-user', 'anna'], 1, '"anna" is neither an e-mail address nor an id of a user'],
  [['enable-user'], 2, 'disable-user <user>'],
  [['set-password', 'nobody@example.com'], 2, 'Nobody can set a password.'],
  [['disable-user', 'nobody@example.com', 'more'], 2, 'disable-user <user>'],
  [['constructor', 'nobody@example.com'], 2, 'disable-user <user>'],
])('%j ends with %d and says: %s', async (args, code, says) => {
  const result = await operate(...args)
  expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) as string })
})
