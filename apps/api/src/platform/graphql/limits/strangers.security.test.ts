import { SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { apiKeySecret } from '../../../modules/identity/api-keys/apiKeySecret.ts'
import { opaqueToken } from '../../crypto/opaqueToken.ts'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { emptyRedis } from '../../../testing/emptyRedis.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { startSibling } from '../../../testing/startSibling.ts'
import { startTcpProxy } from '../../../testing/tcpProxy.ts'
import { useUpPoints } from '../../../testing/useUpPoints.ts'
import { bucketLimits, pointsOf } from './costLimits.ts'

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
const ADDRESS = bucketLimits.address.points
/** So many credentials may be tried from a network that tried none for a while. */
const TRIES = ADDRESS / pointsOf.unknownCredential

const made = { login: () => opaqueToken.make().token, key: () => apiKeySecret.make().secret }
const ask = (token: string, to = api, headers = {}) => to.request(ME, {}, { token, headers })
const webFor = (address: string) => ({
  'x-web-api-secret': api.env.WEB_API_SECRET,
  'x-client-address': address,
})
const lookups = (of = api) => of.statements.filter((text) => /from (logins|api_keys)/.test(text)).length

/** Attack: a stranger tries credentials without end, of the right form and with the right checksum, and keeps PostgreSQL busy. */
describe('credentials that nobody has', () => {
  test.each(['login', 'key'] as const)('are looked up so often and no more: %s', async (kind) => {
    api.statements.length = 0
    const statuses = []
    for (let i = 0; i < TRIES + 3; i += 1) statuses.push((await ask(made[kind]())).status)
    expect(new Set(statuses.slice(0, TRIES))).toEqual(new Set([401]))
    expect(statuses.slice(TRIES)).toEqual([429, 429, 429])
    expect(lookups()).toBe(TRIES)
    api.clock.advance(SECOND)
    expect((await ask(made[kind]())).status).toBe(401)
    expect((await ask(made[kind]())).status).toBe(429)
  })

  test('nor when all are tried at once, in several processes', async () => {
    const sibling = await startSibling(api)
    api.statements.length = 0
    const answers = await Promise.all(
      Array.from({ length: 2 * TRIES }, (_, i) => ask(made.key(), i % 2 ? api : sibling)),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(TRIES)
    expect(lookups() + lookups(sibling)).toBe(TRIES)
    await sibling.close()
  })

  test('are told what they cost, and leave one key in Redis', async () => {
    const answer = await ask(made.login())
    const used = pointsOf.unknownCredential
    expect(answer).toMatchObject({
      status: 401,
      extensions: { cost: { requested: used, used, limit: ADDRESS } },
    })
    for (let i = 0; i < 5; i += 1) await ask(made.login())
    expect(await findRedisKeys(api.app.services.redis, '*')).toHaveLength(1)
    await useUpPoints(api, ADDRESS - 6 * used, {})
    expect((await ask(made.login())).status).toBe(429)
  })

  test('were good once: what was revoked is looked up as seldom as what was made up', async () => {
    const key = await createApiKey(api, user)
    expect((await ask(key.token)).status).toBe(200)
    await api.sql('delete from api_keys where id = ?', [key.uuid])
    api.statements.length = 0
    const statuses = []
    for (let i = 0; i < TRIES + 2; i += 1) statuses.push((await ask(key.token)).status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(TRIES + 1)
    expect(statuses.at(-1)).toBe(429)
    expect(lookups()).toBe(TRIES + 1)
  })
})

/** Attack: somebody in a network tries credentials, or asks much, so that nobody else there is served. */
describe('at an address where others have used up everything', () => {
  test('a credential that this process knows, or another, is served as ever', async () => {
    const sibling = await startSibling(api)
    const [login, key] = [user, await createApiKey(api, user)]
    await ask(login.token)
    await ask(key.token, sibling)
    await useUpPoints(api, ADDRESS, {})
    for (let i = 0; i < 3; i += 1) expect((await ask(made.key())).status).toBe(429)
    for (const { token } of [login, key]) {
      expect((await ask(token)).status).toBe(200)
      expect((await ask(token)).status).toBe(200)
    }
    await sibling.close()
  })

  test('one that was known elsewhere and ended is told so, once', async () => {
    const sibling = await startSibling(api)
    await ask(user.token, sibling)
    await api.sql('delete from logins where user_id = ?', [user.userId])
    await useUpPoints(api, ADDRESS, {})
    expect((await ask(user.token)).status).toBe(401)
    expect((await ask(user.token)).status).toBe(429)
    await sibling.close()
  })

  test('our web app is served, for a person', async () => {
    await useUpPoints(api, ADDRESS, {})
    expect((await ask(made.login(), api, webFor('127.0.0.1'))).status).toBe(401)
    expect((await ask(user.token, api, webFor('127.0.0.1'))).status).toBe(200)
  })
})

/** Attack: who has no use of their own address has pages of the web app ask: with cookies, or with keys typed into a form. */
describe('through the web app', () => {
  test('made-up logins are looked up so often for a visitor and no more, and other visitors are served', async () => {
    const tries = bucketLimits.visitor.points / pointsOf.unknownCredential
    const neighbour = await createUser(api)
    expect((await ask(neighbour.token, api, webFor('192.0.2.1'))).status).toBe(200)
    api.statements.length = 0
    const answers = await Promise.all(
      Array.from({ length: tries + 50 }, () => ask(made.login(), api, webFor('192.0.2.1'))),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(tries)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(50)
    expect(lookups()).toBe(tries)
    for (const address of ['192.0.2.1', '192.0.2.2'])
      expect((await ask(neighbour.token, api, webFor(address))).status).toBe(200)
    const sibling = await startSibling(api)
    expect((await ask(neighbour.token, sibling, webFor('192.0.2.1'))).status).toBe(200)
    await sibling.close()
  })

  test('made-up keys are looked up as often as from the address of whoever typed them', async () => {
    api.statements.length = 0
    const answers = await Promise.all(
      Array.from({ length: TRIES + 10 }, () => ask(made.key(), api, webFor('192.0.2.3'))),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
    expect(lookups()).toBe(TRIES)
  })
})

test('a good credential costs its address nothing, the first time either', async () => {
  for (let i = 0; i < 3; i += 1) await ask((await createUser(api)).token)
  const left = async () => (await api.request('{ __typename }')).extensions.cost.remaining
  await expect.poll(left).toBeGreaterThan(ADDRESS - pointsOf.unknownCredential)
})

test('a login that ended is refused with 401, also where its bucket is known', async () => {
  await ask(user.token)
  await api.sql('delete from logins where user_id = ?', [user.userId])
  expect((await ask(user.token)).status).toBe(401)
})

test('a login that ended while it was told to wait hears so after that second', async () => {
  await useUpPoints(api, bucketLimits.login.points, user)
  expect((await ask(user.token)).status).toBe(429)
  await api.sql('delete from logins where user_id = ?', [user.userId])
  expect((await ask(user.token)).status).toBe(429)
  api.clock.advance(SECOND)
  expect((await ask(user.token)).status).toBe(401)
})

test('where PostgreSQL is away nobody pays for it, and whoever was known stays so', async () => {
  const { port } = new URL(api.env.DATABASE_URL)
  const proxy = await startTcpProxy(Number(port))
  const cut = await startSibling(api, {
    DATABASE_URL: api.env.DATABASE_URL.replace(`:${port}`, `:${proxy.port}`),
  })
  await ask(user.token, cut)
  proxy.cut()
  for (let i = 0; i < 3; i += 1) {
    expect((await ask(user.token, cut)).status).toBe(503)
    const answer = await ask(made.key(), cut)
    expect(answer).toMatchObject({ status: 503, extensions: { cost: { used: 1 } } })
  }
  proxy.restore()
  await useUpPoints(api, ADDRESS - 10, {})
  for (let i = 0; i < 3; i += 1) await ask(made.key())
  expect((await ask(made.key())).status).toBe(429)
  await expect.poll(async () => (await ask(user.token, cut)).status).toBe(200)
  await cut.close()
  await proxy.close()
})
