import 'reflect-metadata'
import { DAY } from '@wellness/domain/time'
import { Agent, request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailedToken, mailsTo } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { overtake } from '../../../testing/overtake.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { ApiKeyOperations } from '../../../testing/apiKeyOperations.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
let ada: TestUser
let eve: TestUser
let operations: ApiKeyOperations
beforeAll(async () => {
  api = await createTestApi()
  operations = new ApiKeyOperations(api)
})
afterAll(() => api.close())
beforeEach(async () => {
  ada = await createUser(api, { name: 'Ada' })
  eve = await createUser(api)
  await confirmLogins(api, ada.userId)
  api.statements.length = 0
  api.logLines.length = 0
})

const { WISH } = ApiKeyOperations
const create = (wish: object = WISH, by: { token: string } = ada) => operations.create(by, wish)
const revoke = (id: string, by: { token: string } = ada) => operations.revoke(id, by)
const statusOf = (token: string) => operations.statusOf(token)
const eventsOf = (user: TestUser) => operations.eventsOf(user)

describe('K3: a key ends', () => {
  const endings: [string, (key: { id: string; uuid: string }) => Promise<unknown>, number][] = [
    ['is revoked', ({ id }) => revoke(id), 401],
    [
      'expires',
      ({ uuid }) => api.sql('update api_keys set expires_at = ? where id = ?', [api.clock.now(), uuid]),
      401,
    ],
    [
      'loses its user, who is disabled',
      () => api.sql('update users set disabled_at = now() where id = ?', [ada.userId]),
      401,
    ],
    ['loses its user, who is deleted', () => mutate(api, 'deleteUser', { email: ada.email }, ada), 401],
    [
      'loses the scope that it needs',
      ({ uuid }) => api.sql(`update api_keys set scopes = '{SESSIONS_READ}' where id = ?`, [uuid]),
      403,
    ],
  ]

  /** A script keeps its connection open for days: what is kept beside it must not outlive the key. */
  test.each(endings)(
    'A31: at the next request on a kept-alive connection when it %s',
    async (_what, end, status) => {
      const key = await createApiKey(api, ada)
      const others = await createApiKey(api, eve)
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const sockets = new Set<unknown>()
      const send = () =>
        new Promise<number | undefined>((resolve, reject) => {
          const headers = { 'content-type': 'application/json', authorization: `Bearer ${key.token}` }
          const outgoing = httpRequest(`${api.url}/graphql`, { agent, method: 'POST', headers }, (answer) => {
            sockets.add(answer.socket)
            answer.resume().on('end', () => resolve(answer.statusCode))
          })
          outgoing.on('error', reject).end('{"query":"{ me { id } }"}')
        })
      expect([await send(), await send()]).toEqual([200, 200])
      await end(key)
      expect(await send()).toBe(status)
      expect(sockets.size).toBe(1)
      expect(await statusOf(others.token)).toBe(200)
      agent.destroy()
    },
  )

  test('when its time is over, by the server’s clock, to the millisecond', async () => {
    const { secret } = await create({ ...WISH, expiresInDays: 1 })
    const own = await createApiKey(api, ada, { expiresAt: new Date(api.clock.now().getTime() + DAY) })
    api.clock.advance(DAY - 1)
    expect([await statusOf(secret ?? ''), await statusOf(own.token)]).toEqual([200, 200])
    api.clock.advance(1)
    expect([await statusOf(secret ?? ''), await statusOf(own.token)]).toEqual([401, 401])
  })

  test('and a scope that is taken from it is missed at the next request', async () => {
    const key = await createApiKey(api, ada)
    const read = () => api.request('{ me { sessions(first: 1) { nodes { id } } } }', {}, key)
    expect((await read()).status).toBe(200)
    await api.sql(`update api_keys set scopes = '{PROFILE_READ}' where id = ?`, [key.uuid])
    const answer = await read()
    expect([answer.status, answer.errors?.[0]?.extensions['missingScopes']]).toEqual([403, ['SESSIONS_READ']])
  })

  test('and revoking it is answered only when it is over, twice side by side too, and told once', async () => {
    const key = await createApiKey(api, ada)
    const answers = await Promise.all([revoke(key.id), revoke(key.id), revoke(key.id)])
    expect(answers.flatMap(({ codes }) => codes)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    expect(await statusOf(key.token)).toBe(401)
    expect(await eventsOf(ada)).toEqual(['API_KEY_REVOKED'])
  })

  /** A revocation that waits for others is not answered yet, and must not be as good as none once it is. */
  test('when its user is being deleted, and nothing is left behind', async () => {
    const key = await createApiKey(api, ada)
    const { status } = await overtake(api, {
      held: ['select 1 from users where id = ? for update', [ada.userId]],
      request: () => revoke(key.id),
      change: (tx) => tx.execute('delete from users where id = ?', [ada.userId]),
    })
    expect(status).toBe(401)
    expect(await api.sql('select 1 from api_keys where id = ?', [key.uuid])).toEqual([])
  })
})

describe('K6: what ends logins', () => {
  test.each(['revokeAllLogins', 'revokeOtherLogins'])(
    '%s takes keys along when it is chosen',
    async (name) => {
      const others = await createApiKey(api, eve)
      const key = await createApiKey(api, ada)
      const call = (input: string) =>
        api.request(`mutation { ${name}${input} { userErrors { code } } }`, {}, ada)
      if (name === 'revokeOtherLogins') {
        await call('')
        await call('(input: {})')
        await call('(input: { revokeApiKeys: false })')
        expect(await statusOf(key.token)).toBe(200)
      }
      await call('(input: { revokeApiKeys: true })')
      expect([await statusOf(key.token), await statusOf(others.token)]).toEqual([401, 200])
      expect(await eventsOf(ada)).toContain('API_KEY_REVOKED')
    },
  )

  test('without that choice, and at a change of the password, keys go on', async () => {
    await setPassword(api, { email: ada.email, password: PASSWORD })
    const key = await createApiKey(api, ada)
    const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD}, another` }
    const { token } = await mutate(api, 'changePassword', change, { token: ada.token, fields: 'token' })
    expect(await statusOf(key.token)).toBe(200)
    await confirmLogins(api, ada.userId)
    await api.request('mutation { revokeAllLogins { userErrors { code } } }', {}, { token })
    expect(await statusOf(key.token)).toBe(200)
  })

  /** The attacker had the account, and made a key to keep a way in. */
  test('a reset of the password, and "this was not me", revoke every key, and their mails say so', async () => {
    for (const way of ['reset', 'not me']) {
      const person = await createUser(api)
      await setPassword(api, { email: person.email, password: PASSWORD })
      await confirmLogins(api, person.userId)
      const { secret } = await create(WISH, person)
      if (way === 'reset') {
        await mutate(api, 'requestPasswordReset', { email: person.email })
        const token = await mailedToken(api, person.email, '/reset-password')
        const reset = { token, password: 'an evening in the high hills' }
        expect((await mutate(api, 'resetPassword', reset)).codes).toEqual([])
        const mails = await mailsTo(api, person.email)
        expect(mails.at(-1)?.text).toContain('all API keys were revoked')
      } else {
        const token = await mailedToken(api, person.email, '/security/not-me')
        expect((await mutate(api, 'reportNotMe', { token })).codes).toEqual([])
      }
      expect(await statusOf(secret ?? '')).toBe(401)
      expect(await eventsOf(person)).toContain('API_KEY_REVOKED')
    }
  })

  /** The attacker's request to make a key waits, with a fresh proof, while the owner takes the account back. */
  test.each([
    ['a login', 'delete from logins where user_id = ?'],
    ['the epoch', 'update users set auth_epoch = auth_epoch + 1 where id = ?'],
    ['the account', 'update users set disabled_at = now() where id = ?'],
  ])('no key is made beside the end of %s', async (_what, statement) => {
    const { status } = await overtake(api, {
      held: ['select 1 from users where id = ? for update', [ada.userId]],
      request: () => create(),
      change: (tx) => tx.execute(statement, [ada.userId]),
    })
    expect(status).toBe(401)
    expect(await api.sql('select 1 from api_keys where user_id = ?', [ada.userId])).toEqual([])
  })
})
