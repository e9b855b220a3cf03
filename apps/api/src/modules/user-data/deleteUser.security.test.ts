import { publicId } from '@wellness/domain/publicId'
import { DAY } from '@wellness/domain/time'
import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { completeSignUp } from '../../testing/completeSignUp.ts'
import { confirmLogins } from '../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'
import { mutate } from '../../testing/mutate.ts'
import { overtake } from '../../testing/overtake.ts'
import { readEverything } from '../../testing/readEverything.ts'
import { requestSignUp, requestSignUpLink } from '../../testing/requestSignUp.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'
import { setPassword } from '../../testing/setPassword.ts'
import { signIn } from '../../testing/signIn.ts'
import { startTcpProxy, type TcpProxy } from '../../testing/tcpProxy.ts'
import { ThrottleKeys } from '../identity/throttles/throttleKeys.ts'

const PASSWORD = 'a quiet morning by the sea'

let server: RedisServer
let redis: Redis
let proxy: TcpProxy
let api: TestApi
let ada: TestUser
beforeAll(async () => {
  const port = await findFreePort()
  server = await startRedis({ port })
  redis = new Redis(server.url)
  proxy = await startTcpProxy(port)
  api = await createTestApi({ env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } })
})
afterAll(async () => {
  await api.close()
  redis.disconnect()
  await proxy.close()
  await server.stop()
})
beforeEach(async () => {
  ada = await createUser(api, { name: 'Ada Quine' })
  await confirmLogins(api, ada.userId)
})

async function deleteUser({ token, email }: TestUser): Promise<{ status: number; codes: string[] }> {
  const { status, data } = await api.request<{ deleteUser: { userErrors: { code: string }[] } } | null>(
    'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { userErrors { code path } } }',
    { input: { email } },
    { token },
  )
  return { status, codes: data?.deleteUser.userErrors.map(({ code }) => code) ?? [] }
}

/** As if all the pauses of the queue had passed. */
async function runJobs(): Promise<void> {
  await api.sql('update graphile_worker._private_jobs set run_at = now()')
  await api.worker.runDueJobs()
}

/** Where something of the person stands, besides the job that is to remove the rest. */
async function findTraces(traces: string[], butOf?: string): Promise<string[]> {
  const found = (await readEverything(api, redis)).filter(
    ({ text }) => !(butOf && text.includes(butOf)) && traces.some((trace) => text.includes(trace)),
  )
  return found.map(({ place, text }) => `${place}: ${text}`)
}

/** All that the product can come to know about somebody, and what it would be found by. */
async function leaveTraces(): Promise<string[]> {
  const { userId, email, token } = ada
  await setPassword(api, { email, password: PASSWORD })
  const login = await signIn(api, { email, password: PASSWORD })
  const deviceToken = login.data.signIn.deviceToken ?? ''
  await signIn(api, { email, password: 'wrong' })
  await signIn(api, { email, password: 'wrong', deviceToken })
  await api.request('mutation { confirmIdentity(input: { password: "wrong" }) { token } }', {}, { token })
  await api.sql(
    `insert into accounts (provider, provider_account_id, user_id, type) values ('example', ?, ?, 'oidc')`,
    [`subject of ${userId}`, userId],
  )
  const sessions = new SessionOperations(api, ada)
  const over = await sessions.startNew()
  await sessions.end(over)
  const live = await sessions.startNew()
  await sessions.refresh(live)
  // Mails that were sent, with links that are open, and mails that wait.
  const wantedEmail = `wanted-by-${email}`
  const askForMails = async () => {
    await requestSignUp(api, email)
    await mutate(api, 'requestPasswordReset', { email })
    expect((await mutate(api, 'requestEmailChange', { newEmail: wantedEmail }, { token })).codes).toEqual([])
  }
  await askForMails()
  await api.worker.runDueJobs()
  const open = await api.sql<{ purpose: string }>(
    'select distinct purpose from one_time_tokens where user_id = ? and used_at is null order by 1',
    [userId],
  )
  expect(open.map(({ purpose }) => purpose)).toEqual(['EMAIL_CHANGE', 'NOT_ME', 'PASSWORD_RESET'])
  await api.sql(
    `insert into one_time_tokens (id, purpose, token_hash, email, created_at, expires_at)
    values (gen_random_uuid(), 'SIGN_UP', sha256(?::bytea), ?, ?, ?)`,
    [email, email, api.clock.now(), api.clock.now()],
  )
  await askForMails()
  await signIn(api, { email, password: 'wrong' })
  const wish = { name: `key of ${userId}`, scopes: ['PROFILE_READ'] }
  const key = (await mutate(api, 'createApiKey', wish, { token, fields: 'secret' })) as { secret?: string }
  expect((await api.request('{ me { id } }', {}, { token: key.secret ?? '' })).status).toBe(200)
  const file = await fetch(`${api.url}/export/account.json`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(file.status).toBe(200)
  await file.text()

  const keys = new ThrottleKeys(api.app.services.keys)
  const uuids = [over, live].map((id) => publicId.parse('session', id) ?? '')
  return [
    ...[userId, email, wantedEmail, 'Ada Quine', token, login.data.signIn.token ?? '', ...uuids],
    deviceToken.split('.')[0] ?? '',
    key.secret?.slice(0, 10) ?? '',
    ...[
      keys.user(userId),
      keys.address(email),
      keys.mail('SIGN_UP', email),
      keys.mail('PASSWORD_RESET', email),
      keys.mail('DATA_EXPORTED', email),
    ],
  ]
}

test('R7: of a deleted user nothing is left anywhere, also with a live session and mails that wait', async () => {
  const eve = await createUser(api, { name: 'Eve Other' })
  const keysBefore = new Set(await redis.keys('*'))
  const traces = await leaveTraces()
  const before = (await findTraces(traces)).map((found) => found.split(/[: ]/, 1)[0])
  expect(new Set(before)).toEqual(
    new Set([
      'public.users',
      'public.accounts',
      'public.api_keys',
      'public.logins',
      'public.one_time_tokens',
      'public.security_events',
      'public.session_metadata',
      'graphile_worker._private_jobs',
      'redis',
    ]),
  )
  expect(await deleteUser(ada)).toEqual({ status: 200, codes: [] })
  // At once; what is left to do is known to one job.
  expect(await findTraces(traces, `"key":"eraseUser:${ada.userId}"`)).toEqual([])
  const mails = api.mailbox.messages().length
  await runJobs()
  expect(await findTraces(traces)).toEqual([])
  expect(api.mailbox.messages().slice(mails)).toMatchObject([
    { to: [ada.email], subject: 'Your account was deleted' },
  ])
  expect(api.logLines.join('\n')).not.toContain(ada.email)
  expect((await api.request('{ me { name } }', {}, eve)).data).toEqual({ me: { name: 'Eve Other' } })

  // What is left counts tries, mails and points: of a device, of a network, of an address that was not theirs; and knows
  // credentials by an HMAC.
  const left = (await redis.keys('*')).filter((key) => !keysBefore.has(key))
  const counts =
    /^(?:throttle:(sign-ins-per-device:\w+|[\w-]+-per-client|mails-per-address):[\w-]{43}|(?:points|credential):\{[\w-]{43}\})$/
  expect(left.filter((key) => !counts.test(key))).toEqual([])
  expect(left.some((key) => key.includes('per-device'))).toBe(true)
  for (const key of left) {
    const lapsesInMs = await redis.pttl(key)
    expect([lapsesInMs > 0, lapsesInMs <= DAY], key).toEqual([true, true])
  }
})

/** What only counts were kept of: without a session nothing else fails while Redis is away. */
async function leaveCounts(): Promise<string[]> {
  await signIn(api, { email: ada.email, password: 'wrong' })
  return [ada.userId, ada.email, new ThrottleKeys(api.app.services.keys).address(ada.email)]
}

test.each([
  ['a live session', leaveTraces],
  ['no session', leaveCounts],
])(
  'R7: with %s the user is deleted without Redis, too, which forgets them once it is back',
  async (_what, leave) => {
    const traces = await leave()
    proxy.cut()
    while (api.app.services.redis.status === 'ready') await delay(1)
    expect(await deleteUser(ada)).toEqual({ status: 200, codes: [] })
    await runJobs()
    const left = await findTraces(traces, `"key":"eraseUser:${ada.userId}"`)
    expect(left.length).toBeGreaterThan(0)
    expect(left.filter((found) => !found.startsWith('redis '))).toEqual([])

    proxy.restore()
    const clients = [api.app.services.redis, api.worker.services.redis]
    while (clients.some(({ status }) => status !== 'ready')) await delay(1)
    await runJobs()
    expect(await findTraces(traces)).toEqual([])
  },
)

test('R7: a mail that is being sent just then is waited for by the job', async () => {
  await requestSignUp(api, ada.email)
  await api.sql(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'another worker'`)
  expect((await deleteUser(ada)).codes).toEqual([])
  await runJobs()
  expect(await findTraces([ada.email])).toHaveLength(2)
  await api.sql(`update graphile_worker._private_jobs set locked_at = null, locked_by = null`)
  // Side by side with the mail, and once more after it.
  await runJobs()
  await runJobs()
  expect(await findTraces([ada.email])).toEqual([])
})

/**
 * Attack: a thief who changed the address of another's account signs up with the old one, and deletes that user, so that
 * the owner's link for "this was not me", which went there, is gone.
 */
test('R4, R7: links of other users at the address stay good when its user is deleted', async () => {
  const eve = await createUser(api)
  await api.sql(
    `insert into one_time_tokens (id, purpose, token_hash, email, user_id, created_at, expires_at)
    values (gen_random_uuid(), 'NOT_ME', sha256(?::bytea), ?, ?, ?, ?)`,
    [eve.email, ada.email, eve.userId, api.clock.now(), api.clock.now()],
  )
  expect((await deleteUser(ada)).codes).toEqual([])
  await runJobs()
  expect(await findTraces([ada.userId])).toEqual([])
  expect(await api.sql('select email from one_time_tokens where user_id = ?', [eve.userId])).toEqual([
    { email: ada.email },
  ])
})

/**
 * Attack, or a slip: a click too many deletes somebody's account.
 */
test('L8: the address has to be typed again, in any spelling, and another one deletes nothing', async () => {
  expect((await deleteUser({ ...ada, email: 'somebody@example.com' })).codes).toEqual(['INVALID_INPUT'])
  expect((await deleteUser({ ...ada, email: '' })).codes).toEqual(['INVALID_INPUT'])
  expect((await api.request('{ me { id } }', {}, ada)).status).toBe(200)
  expect((await deleteUser({ ...ada, email: ` ${ada.email.toUpperCase()}` })).codes).toEqual([])
  expect((await api.request('{ me { id } }', {}, ada)).status).toBe(401)
})

/**
 * Attack: a stolen login goes on with what it had begun, and leaves something in the name of who is gone.
 */
test.each([
  ['starting a session', 'mutation { startSession(input: {}) { session { id } userErrors { code } } }'],
  ['renaming', 'mutation { updateProfile(input: { name: "Ada" }) { userErrors { code } } }'],
  ['ending logins', 'mutation { revokeOtherLogins { userErrors { code } } }'],
])('L10: %s while the user is deleted is refused, and leaves nothing', async (_what, document) => {
  const { status } = await overtake(api, {
    held: ['select 1 from users where id = ? for update', [ada.userId]],
    request: () => api.request(document, {}, ada),
    change: (tx) => tx.execute('delete from users where id = ?', [ada.userId]),
  })
  expect(status).toBe(401)
  expect(await findTraces([ada.userId, ada.email])).toEqual([])
})

/**
 * Attack: somebody who knows the old password, or kept an old link, comes back into what is somebody else's now.
 */
test('an address that was deleted is free again, and nothing of before opens it', async () => {
  const link = await requestSignUpLink(api, 'free-again@example.com')
  const first = await completeSignUp(api, link)
  const person = { ...ada, email: 'free-again@example.com', token: first.token ?? '' }
  expect((await deleteUser(person)).codes).toEqual([])
  const { data } = await signIn(api, { email: person.email, password: PASSWORD })
  expect(data.signIn.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }])
  expect((await completeSignUp(api, link)).userErrors).toMatchObject([{ code: 'INVALID_TOKEN' }])

  api.clock.advance(1)
  const next = await requestSignUpLink(api, person.email)
  await runJobs()
  const again = await completeSignUp(api, next, { password: 'an evening in the mountains' })
  expect(again.userErrors).toEqual([])
  expect(again.user?.id).not.toBe(first.user?.id)
  expect((await api.request('{ me { id } }', {}, { token: person.token })).status).toBe(401)
})
