import 'reflect-metadata'
import { API_KEYS_MAX } from '@wellness/domain/limits'
import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { DAY, MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { mailsTo } from '../../../testing/mailedLink.ts'
import { readEverything } from '../../../testing/readEverything.ts'
import { throttleLimits } from '../throttles/throttleLimits.ts'
import { ApiKeyOperations } from '../../../testing/apiKeyOperations.ts'

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
const list = (by: { token: string } = ada) => operations.list(by)
const revoke = (id: string, by: { token: string } = ada) => operations.revoke(id, by)
const statusOf = (token: string) => operations.statusOf(token)
const eventsOf = (user: TestUser) => operations.eventsOf(user)

describe('K1: a key is made by its user', () => {
  test('once for each clientKeyId, also side by side; whoever comes again is told so, and no secret', async () => {
    const wish = { ...WISH, clientKeyId: crypto.randomUUID() }
    const answers = await Promise.all([create(wish), create(wish), create(wish)])
    expect(answers.flatMap(({ secret }) => secret ?? [])).toHaveLength(1)
    expect(answers.map(({ codes }) => codes.join()).sort()).toEqual(['', 'CONFLICT', 'CONFLICT'])
    const again = await create({ ...wish, clientKeyId: wish.clientKeyId.toUpperCase(), name: 'Another' })
    expect(again).toMatchObject({ apiKey: null, secret: null })
    expect(again.userErrors).toEqual([{ code: 'CONFLICT', path: ['clientKeyId'] }])
    expect(await list()).toHaveLength(1)
    expect(await eventsOf(ada)).toEqual(['API_KEY_CREATED'])

    // Another UUID is another key, and so is the same one of somebody else.
    expect((await create({ ...wish, clientKeyId: crypto.randomUUID() })).codes).toEqual([])
    await confirmLogins(api, eve.userId)
    expect((await create(wish, eve)).codes).toEqual([])
    expect((await create({ ...WISH, clientKeyId: 'no uuid' })).codes).toEqual(['INVALID_INPUT'])
  })

  test('again with the same clientKeyId after the first was revoked, and only then', async () => {
    const wish = { ...WISH, clientKeyId: crypto.randomUUID() }
    const first = await create(wish)
    expect((await create(wish)).codes).toEqual(['CONFLICT'])
    await revoke(String(first.apiKey?.id))
    const second = await create(wish)
    expect(second.codes).toEqual([])
    expect(await statusOf(String(first.secret))).toBe(401)
    expect(await statusOf(String(second.secret))).toBe(200)
    expect((await create(wish)).codes).toEqual(['CONFLICT'])
  })

  test('the newest is listed first, however it was named', async () => {
    const names = ['one', 'two', 'three', 'four', 'five']
    for (const [index, name] of names.entries()) {
      await create({ ...WISH, name, ...(index % 2 === 0 && { clientKeyId: crypto.randomUUID() }) })
      api.clock.advance(MINUTE / 60)
    }
    expect((await list()).map(({ name }) => name)).toEqual(names.toReversed())
  })

  test('with a recent proof, is shown once, listed without its secret, and acts for them', async () => {
    const { apiKey, secret, codes } = await create()
    expect(codes).toEqual([])
    expect(apiKey).toMatchObject({
      name: WISH.name,
      scopes: WISH.scopes,
      createdAt: api.clock.now().toISOString(),
      expiresAt: new Date(api.clock.now().getTime() + 90 * DAY).toISOString(),
      lastUsedAt: null,
    })
    expect(apiKey?.id).toMatch(/^key_/)
    expect(secret?.slice(0, 10)).toBe(apiKey?.hint)
    const answer = await api.request('{ me { name } }', {}, { token: secret })
    expect(answer.data).toEqual({ me: { name: 'Ada' } })
    const listed = await list()
    expect(listed).toEqual([{ ...apiKey, lastUsedAt: api.clock.now().toISOString() }])
    expect(JSON.stringify(listed)).not.toContain(secret)
  })

  /** Attack: whoever revokes a key and makes another has a full bucket of points each time. */
  test('and twenty an hour at most; what was not made does not count', async () => {
    const refused = { ...WISH, clientKeyId: crypto.randomUUID() }
    expect((await create(refused)).codes).toEqual([])
    for (let i = 0; i < 3; i += 1) expect((await create(refused)).codes).toEqual(['CONFLICT'])
    const made = await Promise.all(
      Array.from({ length: throttleLimits.apiKeysPerUser.points + 2 }, () => create()),
    )
    expect(made.flatMap(({ codes }) => codes)).toEqual(Array(3).fill('TOO_MANY_ATTEMPTS'))
    for (const { id } of await list()) await revoke(id)
    expect((await create()).codes).toEqual(['TOO_MANY_ATTEMPTS'])
    await confirmLogins(api, eve.userId)
    expect((await create(WISH, eve)).codes).toEqual([])
  })

  /** The attacker has a device that was left open, or its token, and wants to stay when that is over. */
  test('and not without one', async () => {
    await api.sql('update logins set confirmed_at = null where user_id = ?', [ada.userId])
    const { codes, secret } = await create()
    expect([codes, secret]).toEqual([['REAUTHENTICATION_REQUIRED'], null])
    expect(await list()).toEqual([])
  })

  /** The attacker has a key, and makes one that lives longer or may do more. */
  test('and never by a key, which can neither make nor list nor revoke any', async () => {
    const key = await createApiKey(api, ada)
    for (const document of [
      'mutation { createApiKey(input: { name: "x", scopes: [SESSIONS_READ] }) { secret } }',
      `mutation { revokeApiKey(input: { id: "${key.id}" }) { userErrors { code } } }`,
      '{ me { apiKeys { id } } }',
    ]) {
      const answer = await api.request(document, {}, key)
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN'])
    }
    expect(await list()).toHaveLength(1)
  })

  test.each([
    ['no name', { name: '  ' }, ['name']],
    ['a name too long', { name: 'n'.repeat(101) }, ['name']],
    ['a line break in its name', { name: 'a\nb' }, ['name']],
    ['no scope', { scopes: [] }, ['scopes']],
    ['no days', { expiresInDays: 0 }, ['expiresInDays']],
    ['too many days', { expiresInDays: 367 }, ['expiresInDays']],
  ])('and not with %s', async (_what, change, path) => {
    const { userErrors } = await create({ ...WISH, ...change })
    expect(userErrors).toEqual([{ code: 'INVALID_INPUT', path }])
    expect(await list()).toEqual([])
  })

  test('without an end if they like, and with each scope once', async () => {
    const { apiKey } = await create({ name: 'x', scopes: ['SESSIONS_READ', 'SESSIONS_READ'] })
    expect(apiKey).toMatchObject({ expiresAt: null, scopes: ['SESSIONS_READ'] })
    expect((await create({ ...WISH, expiresInDays: 366 })).codes).toEqual([])
  })

  test('up to a number, which those made side by side count, too', async () => {
    await api.sql(
      `insert into api_keys (id, user_id, name, hint, secret_hash, scopes, created_at)
      select gen_random_uuid(), ?, 'x', 'wsk_', sha256(gen_random_uuid()::text::bytea), '{}', now()
      from generate_series(1, ?)`,
      [ada.userId, API_KEYS_MAX - 2],
    )
    const made = await Promise.all(Array.from({ length: 5 }, () => create()))
    expect(made.flatMap(({ codes }) => codes)).toEqual(Array(3).fill('LIMIT_REACHED'))
    expect(await list()).toHaveLength(API_KEYS_MAX)
    await confirmLogins(api, eve.userId)
    expect((await create(WISH, eve)).codes).toEqual([])
  })
})

describe('K2: the secret', () => {
  /** The attacker has a copy of the database, the mails or the log. */
  test('is nowhere in PostgreSQL, Redis, the queue, mails or the log', async () => {
    const { secret } = await create()
    await statusOf(secret ?? '')
    const waiting = await readEverything(api)
    const mails = JSON.stringify(await mailsTo(api, ada.email))
    for (const text of [...waiting.map(({ text }) => text), mails, api.logLines.join('')]) {
      // As it is, and as PostgreSQL shows bytes.
      expect(text).not.toContain(secret?.slice(10))
      expect(text).not.toContain(Buffer.from(secret ?? '-').toString('hex'))
    }
  })

  test('that is mistyped, cut short or made up is refused without a query', async () => {
    const { token } = await createApiKey(api, ada)
    api.statements.length = 0
    const mistyped = `${token.slice(0, 20)}${token[20] === 'a' ? 'b' : 'a'}${token.slice(21)}`
    for (const text of [mistyped, token.slice(0, -1), `${token}x`, `wsk_${'a'.repeat(49)}`, 'wsk_']) {
      expect(await statusOf(text)).toBe(401)
    }
    expect(api.statements).toEqual([])
  })

  test('is taken as a bearer token and as nothing else', async () => {
    const { token } = await createApiKey(api, ada)
    const me = async (headers: Record<string, string>) =>
      (await api.request('{ me { id } }', {}, { headers })).data
    expect(await me({ authorization: `bearer ${token}` })).toMatchObject({
      me: { id: expect.any(String) as string },
    })
    expect(await me({ cookie: `login=${token}` })).toEqual({ me: null })
    expect(
      (await api.request('{ me { id } }', {}, { headers: { authorization: `Basic ${token}` } })).status,
    ).toBe(401)
  })
})

describe('K4: things of others', () => {
  /** Whether somebody else's key exists is nobody's business. */
  test('A24: another’s key is NOT_FOUND and null, like a missing one, for the same statements', async () => {
    const key = await createApiKey(api, ada)
    const missing = publicId.from('key', newId())
    const answers = []
    for (const id of [key.id, missing, ada.userId, 'nonsense']) {
      const { codes, userErrors } = await revoke(id, eve)
      expect(codes).toEqual(['NOT_FOUND'])
      const { data } = await api.request('query ($id: ID!) { node(id: $id) { id } }', { id }, eve)
      expect(data).toEqual({ node: null })
      answers.push(userErrors)
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await statusOf(key.token)).toBe(200)
    expect(await list(eve)).toEqual([])
    const own = await api.request(
      'query ($id: ID!) { node(id: $id) { ... on ApiKey { name } } }',
      { id: key.id },
      ada,
    )
    expect(own.data).toEqual({ node: { name: 'nightly export' } })
  })
})

describe('K5: the last use', () => {
  test('is told to the minute, and written at most once in one, by however many requests', async () => {
    const key = await createApiKey(api, ada)
    const usedAt = async () => (await list())[0]?.lastUsedAt
    expect(await usedAt()).toBeNull()
    await Promise.all(Array.from({ length: 8 }, () => statusOf(key.token)))
    const first = api.clock.now().toISOString()
    expect(await usedAt()).toBe(first)
    api.clock.advance(MINUTE - 1)
    api.statements.length = 0
    await statusOf(key.token)
    expect(api.statements).toHaveLength(1)
    expect(await usedAt()).toBe(first)
    api.clock.advance(1)
    await statusOf(key.token)
    expect(await usedAt()).toBe(api.clock.now().toISOString())
  })
})

describe('K7: the owner is told', () => {
  test('by events and mails that name the key and hold no secret, of one that was made and one that was revoked', async () => {
    const { apiKey, secret } = await create()
    const made = (await mailsTo(api, ada.email)).at(-1)
    expect(made?.subject).toBe('An API key was created')
    expect(made?.text).toContain(`“nightly export” and begins with ${apiKey?.hint}.`)
    expect(made?.text).toMatch(/revoke it in your\s+settings/)
    expect(made?.links[0]).toMatch(/\/security\/not-me\?token=/)
    await revoke(apiKey?.id ?? '')
    const revoked = (await mailsTo(api, ada.email)).at(-1)
    expect(revoked?.subject).toBe('An API key was revoked')
    expect(revoked?.text).toContain(apiKey?.hint)
    expect(`${made?.text}${revoked?.text}`).not.toContain(secret)
    expect(await eventsOf(ada)).toEqual(['API_KEY_CREATED', 'API_KEY_REVOKED'])
  })

  test('of all that went at once by one mail', async () => {
    for (const name of ['one', 'two']) await createApiKey(api, ada, { name })
    await api.request(
      'mutation { revokeOtherLogins(input: { revokeApiKeys: true }) { userErrors { code } } }',
      {},
      ada,
    )
    const mails = (await mailsTo(api, ada.email)).filter(({ subject }) => /API key/.test(subject))
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toMatch(/“one”[\s\S]*“two”/)
    expect(await eventsOf(ada)).toEqual(['API_KEY_REVOKED', 'API_KEY_REVOKED'])
  })
})
