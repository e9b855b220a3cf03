import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { KeyedApis, type KeyedRequest } from '../../../testing/keyedApis.ts'
import { startSibling } from '../../../testing/startSibling.ts'
import { startTcpProxy } from '../../../testing/tcpProxy.ts'
import { untilReady } from '../../../testing/untilReady.ts'
import { BYTES_A_DAY_MAX, KEYS_A_DAY_MAX } from './keptAnswers.ts'

let apis: KeyedApis
let user: TestUser
beforeAll(async () => {
  apis = await KeyedApis.start()
})
afterAll(() => apis.close())
beforeEach(async () => {
  user = await createUser(apis.api)
  apis.clear()
})

const { START, RENAME } = KeyedApis
const send = (key: string, request: Partial<KeyedRequest> = {}) => apis.send(key, { by: user, ...request })

/** Attack: a store that fails makes a client's retry a second order. */
test('away: the request is refused and not run; one without a key is answered', async () => {
  const proxy = await startTcpProxy(Number(new URL(apis.redisServer.url).port))
  const cut = await startSibling(apis.api, { REDIS_URL: [`redis://127.0.0.1:${proxy.port}`] })
  const key = randomUUID()
  proxy.cut()
  await expect.poll(() => cut.app.services.redis.status).not.toBe('ready')
  const refused = await send(key, { to: cut })
  expect(refused).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' })
  expect(refused.headers.has('retry-after')).toBe(true)
  expect(cut.statements.some((text) => text.includes('insert into session_metadata'))).toBe(false)
  expect((await cut.request(START, { input: {} }, user)).status).toBe(200)
  proxy.restore()
  await untilReady(cut.app.services.redis)
  expect(await send(key, { to: cut })).toMatchObject({ status: 200, isReplayed: false })
  await cut.close()
  await proxy.close()
})

/** Attack: whoever has a copy of Redis reads what people were answered. */
test('holds no key, no credential and no answer that could be read', async () => {
  const key = `secret-${randomUUID()}`
  const name = `Name-${randomUUID()}`
  await send(key, { text: RENAME, input: { name } })
  const redis = new Redis(apis.redisServer.url)
  const names = await redis.keys('*')
  const values = await Promise.all(
    names.map(async (each) =>
      (await redis.type(each)) === 'hash' ? JSON.stringify(await redis.hgetall(each)) : '',
    ),
  )
  const all = [...names, ...values].join('\n')
  for (const text of [key, name, Buffer.from(name).toString('base64').slice(2, 20), user.userId, user.token])
    expect(all).not.toContain(text)
  redis.disconnect()
})

/** Where it is counted what users have kept. */
async function usedNames(): Promise<string[]> {
  return (await apis.api.app.services.redis.keys('idempotency:*')).filter((name) => name.endsWith('}'))
}

/** As if all who used keys had used so many, or so much. */
async function setUsed({ keys, bytes }: { keys?: number; bytes?: number }): Promise<void> {
  const { redis } = apis.api.app.services
  for (const name of await usedNames()) {
    for (const field of await redis.hkeys(name)) {
      const used = field === 'bytes' ? bytes : keys
      if (used !== undefined) await redis.hset(name, field, used)
    }
  }
}

/** Attack: a person revokes a key that used up its own and makes the next, until Redis is full. */
test('keeps so many bytes of a user a day, by whatever credentials', async () => {
  const first = await createApiKey(apis.api, user)
  const kept = randomUUID()
  expect((await send(kept, { by: first })).status).toBe(200)
  await setUsed({ bytes: BYTES_A_DAY_MAX })
  await apis.api.sql('delete from api_keys where id = ?', [first.uuid])
  const second = await createApiKey(apis.api, user)
  for (const by of [second, user])
    expect(await send(randomUUID(), { by })).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
  expect((await send(randomUUID(), { by: await createUser(apis.api) })).status).toBe(200)
})

test('counts the bytes of each answer, and has none kept for which there is no room', async () => {
  const { redis } = apis.api.app.services
  const before = new Set(await usedNames())
  const bytes = async () => {
    const [name = ''] = (await usedNames()).filter((each) => !before.has(each))
    return Number(await redis.hget(name, 'bytes'))
  }
  await send(randomUUID())
  const once = await bytes()
  expect(once).toBeGreaterThan(400)
  await send(randomUUID())
  expect(await bytes()).toBeGreaterThan(1.8 * once)
  await setUsed({ bytes: BYTES_A_DAY_MAX - 350 })
  const key = randomUUID()
  expect((await send(key)).status).toBe(200)
  expect(await send(key)).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
})

/** Attack: a login makes up keys until Redis is full. */
test('keeps so many keys of a credential a day, and no large answer', async () => {
  await send(randomUUID())
  await setUsed({ keys: KEYS_A_DAY_MAX - 1 })
  const last = randomUUID()
  expect((await send(last)).status).toBe(200)
  expect(await send(randomUUID())).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
  expect(await send(last)).toMatchObject({ status: 200, isReplayed: true })
  const { redis } = apis.api.app.services
  for (const each of await usedNames()) expect(await redis.pttl(each)).toBeGreaterThan(0)

  const other = await createUser(apis.api)
  const large = START.replace('session { id }', 'session { user { sessions(first: 100) { nodes { id } } } }')
  expect(await send(randomUUID(), { text: large, by: other })).toMatchObject({
    status: 400,
    code: 'BAD_USER_INPUT',
  })
  expect((await apis.api.request(large, { input: {} }, other)).status).toBe(200)
})

/** Attack: scalars cost no points, and each is asked for by many names of two thousand letters. */
test('keeps no long answer, and says afterwards that it does not know it', async () => {
  const other = await createUser(apis.api)
  const names = Array.from({ length: 5 }, (_, index) => `${'a'.repeat(2_000)}${index}: id`)
  const text = START.replace('session { id }', `session { ${names.join(' ')} }`)
  const key = randomUUID()
  expect((await send(key, { text, by: other })).status).toBe(200)
  expect(await send(key, { text, by: other })).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
})

/** Attack: a client that sends nothing but nonsense under new keys, and then has none for what it means. */
test('what was refused, and did nothing, does not count among the keys of a day', async () => {
  await send(randomUUID())
  await setUsed({ keys: KEYS_A_DAY_MAX - 1 })
  for (let i = 0; i < 3; i += 1)
    expect(await send(randomUUID(), { input: { nonsense: 1 } })).toMatchObject({ code: 'BAD_USER_INPUT' })
  const last = randomUUID()
  expect((await send(last)).status).toBe(200)
  for (let i = 0; i < 3; i += 1)
    expect(await send(randomUUID())).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
  const { redis } = apis.api.app.services
  const used = await Promise.all((await usedNames()).map((each) => redis.hgetall(each)))
  const keys = used.flatMap(({ bytes: _bytes, ...counts }) => Object.values(counts).map(Number))
  expect(Math.max(...keys)).toBe(KEYS_A_DAY_MAX)
})
