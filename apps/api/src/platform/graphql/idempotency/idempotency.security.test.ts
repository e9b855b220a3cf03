import { randomUUID } from 'node:crypto'
import { DAY, SECOND } from '@wellness/domain/time'
import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSchema } from '../../../schema.ts'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { findMutationCalls } from '../../../testing/mutationCalls.ts'
import type { GraphQLAnswer } from '../../../testing/postDocument.ts'
import { startSibling } from '../../../testing/startSibling.ts'
import { startTcpProxy } from '../../../testing/tcpProxy.ts'
import { untilReady } from '../../../testing/untilReady.ts'
import { findKeptMutation } from './findKeptMutation.ts'
import { Idempotency } from './idempotency.ts'
import { KEYS_A_DAY_MAX, KEPT_MS, LEASE_MS } from './keptAnswers.ts'

let api: TestApi
let sibling: TestApi
let user: TestUser
let server: RedisServer
beforeAll(async () => {
  // Of its own, and one node: the line to it is cut.
  server = await startRedis({ port: await findFreePort() })
  api = await createTestApi({ env: { REDIS_URL: server.url } })
  sibling = await startSibling(api)
})
afterAll(async () => {
  await sibling.close()
  await api.close()
  await server.stop()
})
beforeEach(async () => {
  user = await createUser(api)
  api.statements.length = sibling.statements.length = 0
})

const START =
  'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } alreadyLive serverTime } }'
const END =
  'mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } userErrors { code } } }'
const RENAME =
  'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name } userErrors { code } } }'

interface Sent {
  text?: string
  input?: object
  by?: { token: string | null }
  to?: TestApi
}

async function send(
  key: string,
  { text = START, input = {}, by = user, to = api }: Sent = {},
): Promise<GraphQLAnswer<unknown> & { code: string | undefined; isReplayed: boolean }> {
  const answer = await to.request<unknown>(text, { input }, { ...by, headers: { 'idempotency-key': key } })
  return {
    ...answer,
    code: answer.errors?.[0]?.extensions.code,
    isReplayed: answer.headers.get('idempotent-replayed') === 'true',
  }
}

/** How often sessions were begun, by either process. */
const executions = () =>
  [...api.statements, ...sibling.statements].filter((text) => text.includes('insert into session_metadata'))
    .length
const bodyOf = ({ data, errors, extensions }: GraphQLAnswer<unknown>) => ({ data, errors, extensions })

describe('the same key again', () => {
  test('gives the first answer, byte for byte and marked, in every process, and runs nothing', async () => {
    const key = randomUUID()
    const first = await send(key)
    expect(first).toMatchObject({ status: 200, isReplayed: false })
    api.clock.advance(SECOND)
    for (const to of [api, sibling, api]) {
      const again = await send(key, { to })
      expect(again).toMatchObject({ status: 200, isReplayed: true })
      expect(bodyOf(again)).toEqual(bodyOf(first))
    }
    expect(executions()).toBe(1)
  })

  test('pays one point for being answered', async () => {
    const key = randomUUID()
    const left = async () => Number((await send(key)).headers.get('x-ratelimit-remaining'))
    await send(key)
    await left()
    expect((await left()) - (await left())).toBe(1)
  })

  test('for a day; then it is a new one', async () => {
    const key = randomUUID()
    await send(key)
    const { redis } = api.app.services
    const [name] = await redis.keys('idempotency:{*}:*')
    const lapsesInMs = await redis.pttl(name ?? '')
    expect(lapsesInMs).toBeGreaterThan(KEPT_MS - 60 * SECOND)
    expect(lapsesInMs).toBeLessThanOrEqual(DAY)
  })

  test.each([
    ['other variables', { input: { timeZone: 'Europe/Stockholm' } }],
    ['another document', { text: START.replace(' serverTime', '') }],
    ['another mutation', { text: RENAME, input: { name: 'Ada' } }],
  ])('with %s is a CONFLICT, and runs nothing', async (_what, other) => {
    const key = randomUUID()
    await send(key)
    expect(await send(key, { ...other, to: sibling })).toMatchObject({ status: 409, code: 'CONFLICT' })
    expect(executions()).toBe(1)
    expect(await send(key)).toMatchObject({ status: 200, isReplayed: true })
  })

  /** Attack: whoever learns or guesses a key reads the answer to somebody else, or keeps them from using it. */
  test('by another credential is another key, of the same person, too', async () => {
    const key = randomUUID()
    const first = await send(key)
    const others = [await createUser(api), await createApiKey(api, user)]
    for (const by of others) {
      const answer = await send(key, { by })
      expect(answer).toMatchObject({ status: 200, isReplayed: false })
      expect(answer.data).not.toEqual(first.data)
    }
  })

  test('after a refusal runs: nothing was done then', async () => {
    const key = randomUUID()
    expect(await send(key, { input: { nonsense: 1 } })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await send(key, { text: 'mutation { nonsense }' })).toMatchObject({ status: 400 })
    const keyOfReader = await createApiKey(api, user, { scopes: ['PROFILE_READ'] })
    expect(await send(key, { by: keyOfReader })).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await send(key)).toMatchObject({ status: 200, isReplayed: false })
  })

  test('gives what the caller has to put right again, too: it is an answer', async () => {
    const key = randomUUID()
    const input = { id: 'session_nonsense' }
    const first = await send(key, { text: END, input })
    expect(first.data).toEqual({ endSession: { session: null, userErrors: [{ code: 'NOT_FOUND' }] } })
    expect(bodyOf(await send(key, { text: END, input }))).toEqual(bodyOf(first))
  })
})

/** Attack: a retry after an answer with errors in it, which looks as if nothing had been done. */
test('a mutation that ran, and of whose result a part could not be told, is not run again', async () => {
  const key = randomUUID()
  const text = START.replace('session { id }', 'session { user { sessions(first: 0) { nodes { id } } } }')
  const first = await send(key, { text })
  expect(first).toMatchObject({ status: 200, code: 'BAD_USER_INPUT' })
  expect(executions()).toBe(1)
  const again = await send(key, { text, to: sibling })
  expect(again).toMatchObject({ status: 200, isReplayed: true })
  expect(bodyOf(again)).toEqual(bodyOf(first))
  expect(executions()).toBe(1)
})

describe('two at once', () => {
  test('run once: the others are told to come back, and then have the answer', async () => {
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => send(key, { to: i % 2 ? api : sibling })),
    )
    expect(executions()).toBe(1)
    const first = answers.filter(({ status, isReplayed }) => status === 200 && !isReplayed)
    expect(first).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
      expect(answer.headers.get('retry-after')).toBe('1')
    }
    expect(bodyOf(await send(key))).toEqual(bodyOf(first[0]!))
  })

  test('whatever keys, documents and processes meet, each key runs at most one, once, and has one answer', async () => {
    const request = fc.record({
      key: fc.nat(2),
      name: fc.constantFrom('Ada', 'Eve'),
      to: fc.nat(1),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(request, { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
        async (waves) => {
          const keys = Array.from({ length: 3 }, () => randomUUID())
          const owner = await createUser(api)
          const told = new Map<number, string>()
          api.statements.length = sibling.statements.length = 0
          for (const wave of waves) {
            const answers = await Promise.all(
              wave.map(async ({ key, name, to }) => ({
                key,
                name,
                answer: await send(keys[key] ?? '', {
                  text: RENAME,
                  input: { name },
                  by: owner,
                  to: [api, sibling][to]!,
                }),
              })),
            )
            for (const { key, name, answer } of answers) {
              expect(['CONFLICT', 'IN_PROGRESS', undefined]).toContain(answer.code)
              if (answer.status !== 200) continue
              expect(answer.data).toMatchObject({ updateProfile: { user: { name } } })
              expect(told.get(key) ?? name).toBe(name)
              told.set(key, name)
            }
          }
          const writes = [...api.statements, ...sibling.statements].filter((text) =>
            /^update "?users/.test(text),
          )
          expect(writes.length).toBeLessThanOrEqual(new Set(waves.flat().map(({ key }) => key)).size)
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('a process that dies in the midst', () => {
  /** A process that took the key and is gone. */
  async function die(key: string, input: object): Promise<void> {
    const [login] = await api.sql<{ id: string }>('select id from logins where user_id = ?', [user.userId])
    const schema = createSchema()
    const gone = new Idempotency({ ...sibling.app.services, schema })
    const request = { query: START, operationName: null, variables: { input } }
    await gone.admit(key, { kind: 'login', id: login?.id ?? '' }, request)
  }

  test('leaves a key whose outcome nobody knows: told after the lease, and nothing is run twice', async () => {
    const key = randomUUID()
    await die(key, {})
    expect(await send(key)).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
    api.clock.advance(LEASE_MS)
    for (const to of [api, sibling, api])
      expect(await send(key, { to })).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
    expect(executions()).toBe(0)
    expect(await send(randomUUID())).toMatchObject({ status: 200 })
  })

  test('leaves what may be repeated to whoever asks next, one of them', async () => {
    const key = randomUUID()
    const input = { clientSessionId: randomUUID() }
    await die(key, input)
    api.clock.advance(LEASE_MS)
    const answers = await Promise.all([api, sibling, api, sibling].map((to) => send(key, { input, to })))
    expect(executions()).toBe(1)
    expect(answers.filter(({ status, isReplayed }) => status === 200 && !isReplayed)).toHaveLength(1)
    expect(await send(key, { input })).toMatchObject({ status: 200, isReplayed: true })
  })

  test('and comes back late says nothing of a key that another has', async () => {
    const key = randomUUID()
    const input = { clientSessionId: randomUUID() }
    const [login] = await api.sql<{ id: string }>('select id from logins where user_id = ?', [user.userId])
    const late = new Idempotency({ ...sibling.app.services, schema: createSchema() })
    const request = { query: START, operationName: null, variables: { input } }
    const admitted = await late.admit(key, { kind: 'login', id: login?.id ?? '' }, request)
    api.clock.advance(LEASE_MS)
    const first = await send(key, { input })
    if (!('run' in admitted)) throw new Error('It was not the first')
    await admitted.run?.keep('{"data":"another"}')
    await admitted.run?.forget()
    expect(bodyOf(await send(key, { input }))).toEqual(bodyOf(first))
  })
})

describe('a mutation that fails in the midst', () => {
  test('has an unknown outcome at once; what may be repeated runs again', async () => {
    const [once, again] = [randomUUID(), randomUUID()]
    const input = { clientSessionId: randomUUID() }
    // A check that the insert does not pass: who is asking can be read still.
    await api.sql(`alter table session_metadata add constraint broken check (time_zone <> 'UTC') not valid`)
    expect(await send(once)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(await send(again, { input })).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    await api.sql('alter table session_metadata drop constraint broken')
    expect(await send(once)).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
    expect(await send(again, { input })).toMatchObject({ status: 200, isReplayed: false })
  })
})

describe('Redis', () => {
  /** Attack: a store that fails makes a client's retry a second order. */
  test('away: the request is refused and not run; one without a key is answered', async () => {
    const proxy = await startTcpProxy(Number(new URL(server.url).port))
    const cut = await startSibling(api, { REDIS_URL: [`redis://127.0.0.1:${proxy.port}`] })
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

  test('that goes away while it runs: the answer goes out, and what came of it is unknown afterwards', async () => {
    const proxy = await startTcpProxy(Number(new URL(server.url).port))
    const cut = await startSibling(api, { REDIS_URL: [`redis://127.0.0.1:${proxy.port}`] })
    const key = randomUUID()
    const { statements } = cut.app.services
    const run = statements.run.bind(statements)
    statements.run = async (text, values) => {
      if (text.includes('insert into session_metadata')) {
        proxy.cut()
        await expect.poll(() => cut.app.services.redis.status).not.toBe('ready')
      }
      return run(text, values)
    }
    expect(await send(key, { to: cut })).toMatchObject({ status: 200 })
    expect(await send(key)).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
    api.clock.advance(LEASE_MS)
    expect(await send(key)).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
    proxy.restore()
    await cut.close()
    await proxy.close()
  })

  /** Attack: whoever has a copy of Redis reads what people were answered. */
  test('holds no key, no credential and no answer that could be read', async () => {
    const key = `secret-${randomUUID()}`
    const name = `Name-${randomUUID()}`
    await send(key, { text: RENAME, input: { name } })
    const redis = new Redis(server.url)
    const names = await redis.keys('*')
    const values = await Promise.all(
      names.map(async (each) =>
        (await redis.type(each)) === 'hash' ? JSON.stringify(await redis.hgetall(each)) : '',
      ),
    )
    const all = [...names, ...values].join('\n')
    for (const text of [
      key,
      name,
      Buffer.from(name).toString('base64').slice(2, 20),
      user.userId,
      user.token,
    ])
      expect(all).not.toContain(text)
    redis.disconnect()
  })

  /** Attack: a login makes up keys until Redis is full. */
  test('keeps so many keys of a credential a day, and no large answer', async () => {
    await send(randomUUID())
    const { redis } = api.app.services
    const counts = (await redis.keys('idempotency:*')).filter((each) => each.endsWith('}'))
    await Promise.all(counts.map((each) => redis.set(each, KEYS_A_DAY_MAX - 1, 'KEEPTTL')))
    const last = randomUUID()
    expect((await send(last)).status).toBe(200)
    expect(await send(randomUUID())).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(await send(last)).toMatchObject({ status: 200, isReplayed: true })
    for (const each of counts) expect(await redis.pttl(each)).toBeGreaterThan(0)

    const other = await createUser(api)
    const large = START.replace(
      'session { id }',
      'session { user { sessions(first: 100) { nodes { id } } } }',
    )
    expect(await send(randomUUID(), { text: large, by: other })).toMatchObject({
      status: 400,
      code: 'BAD_USER_INPUT',
    })
    expect((await api.request(large, { input: {} }, other)).status).toBe(200)
  })

  /** Attack: scalars cost no points, and each is asked for by many names of two thousand letters. */
  test('keeps no long answer, and says afterwards that it does not know it', async () => {
    const other = await createUser(api)
    const names = Array.from({ length: 5 }, (_, index) => `${'a'.repeat(2_000)}${index}: id`)
    const text = START.replace('session { id }', `session { ${names.join(' ')} }`)
    const key = randomUUID()
    expect((await send(key, { text, by: other })).status).toBe(200)
    expect(await send(key, { text, by: other })).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
  })
})

describe('a key is refused', () => {
  test.each(['', 'short', 'a b c d e f', 'x'.repeat(129), '"12345678é"', 'key-one-12, key-two-12'])(
    'of another form: %j',
    async (key) => {
      expect(await send(Buffer.from(key).toString('latin1'))).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
      })
      expect(executions()).toBe(0)
    },
  )

  test('without a credential', async () => {
    expect(await send(randomUUID(), { by: { token: null } })).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
    })
  })

  test.each([
    [
      'twice under aliases',
      'mutation ($input: StartSessionInput!) { a: startSession(input: $input) { alreadyLive } b: startSession(input: $input) { alreadyLive } }',
    ],
    [
      'once more in a fragment',
      'mutation ($input: StartSessionInput!) { startSession(input: $input) { alreadyLive } ...F } fragment F on Mutation { signOut { userErrors { code } } }',
    ],
  ])('for a mutation %s', async (_what, text) => {
    expect(await send(randomUUID(), { text })).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    expect(executions()).toBe(0)
  })

  test('and is of no matter to a query', async () => {
    const text = '{ me { id } }'
    const key = randomUUID()
    for (let run = 0; run < 2; run += 1) {
      const answer = await api.request(text, {}, { ...user, headers: { 'idempotency-key': key } })
      expect(answer.status).toBe(200)
      expect(answer.headers.has('idempotent-replayed')).toBe(false)
    }
  })
})

/** Attack: an answer with a secret in it lies in Redis for a day. A new mutation has to be put on one side or the other. */
test('only of these mutations an answer may be kept', () => {
  const schema = createSchema()
  const isKept = ({ document, variables }: { document: string; variables: Record<string, unknown> }) => {
    try {
      return findKeptMutation(schema, { query: document, operationName: null, variables }) !== null
    } catch {
      return false
    }
  }
  const calls = findMutationCalls(schema)
  expect(
    calls
      .filter(isKept)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'deleteUser',
    'endSession',
    'refreshSession',
    'requestEmailChange',
    'requestPasswordReset',
    'requestSignUp',
    'revokeApiKey',
    'revokeLogin',
    'signOut',
    'startSession',
    'updateProfile',
  ])
  const names = calls.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['signIn', 'createApiKey', 'changePassword', 'confirmIdentity']),
  )
})
