import { randomUUID } from 'node:crypto'
import { DAY, HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { KeyedApis, type KeyedRequest } from '../../../testing/keyedApis.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { KEPT_MS } from './keptAnswers.ts'

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

const { START, END, RENAME } = KeyedApis
const send = (key: string, request: Partial<KeyedRequest> = {}) => apis.send(key, { by: user, ...request })

describe('the same key again', () => {
  test('gives the first answer, byte for byte and marked, in every process, and runs nothing', async () => {
    const key = randomUUID()
    const first = await send(key)
    expect(first).toMatchObject({ status: 200, isReplayed: false })
    apis.api.clock.advance(SECOND)
    for (const to of [apis.api, apis.sibling, apis.api]) {
      const again = await send(key, { to })
      expect(again).toMatchObject({ status: 200, isReplayed: true })
      expect(again.body).toEqual(first.body)
    }
    expect(apis.executions).toBe(1)
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
    const { redis } = apis.api.app.services
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
    expect(await send(key, { ...other, to: apis.sibling })).toMatchObject({ status: 409, code: 'CONFLICT' })
    expect(apis.executions).toBe(1)
    expect(await send(key)).toMatchObject({ status: 200, isReplayed: true })
  })

  /** Attack: whoever learns or guesses a key reads the answer to somebody else, or keeps them from using it. */
  test('by another credential is another key, of the same person, too', async () => {
    const key = randomUUID()
    const first = await send(key)
    const others = [await createUser(apis.api), await createApiKey(apis.api, user)]
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
    const keyOfReader = await createApiKey(apis.api, user, { scopes: ['PROFILE_READ'] })
    expect(await send(key, { by: keyOfReader })).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await send(key)).toMatchObject({ status: 200, isReplayed: false })
  })

  test('gives what the caller has to put right again, too: it is an answer', async () => {
    const key = randomUUID()
    const input = { id: 'session_nonsense' }
    const first = await send(key, { text: END, input })
    expect(first.data).toEqual({ endSession: { session: null, userErrors: [{ code: 'NOT_FOUND' }] } })
    expect((await send(key, { text: END, input })).body).toEqual(first.body)
  })
})

describe('an answer that may be another later', () => {
  const DELETE =
    'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { done: userErrors { message } } }'
  const MOVE =
    'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { userErrors { code } } }'

  test('for want of a recent proof is not kept: after the proof the same request does it', async () => {
    const { api } = apis
    api.clock.advance(5 * MINUTE)
    const key = randomUUID()
    const request = { text: DELETE, input: { email: user.email } }
    expect((await send(key, request)).data).toMatchObject({ deleteUser: { done: [{}] } })
    await confirmLogins(api, user.userId)
    const second = await send(key, request)
    expect(second).toMatchObject({ isReplayed: false, data: { deleteUser: { done: [] } } })
  })

  test('for too many attempts is not kept', async () => {
    const { api } = apis
    await confirmLogins(api, user.userId)
    const input = { newEmail: 'elsewhere@example.com' }
    for (let i = 0; i < 5; i += 1) await send(randomUUID(), { text: MOVE, input })
    const key = randomUUID()
    for (let i = 0; i < 2; i += 1)
      expect(await send(key, { text: MOVE, input })).toMatchObject({
        isReplayed: false,
        data: { requestEmailChange: { userErrors: [{ code: 'TOO_MANY_ATTEMPTS' }] } },
      })
    await passThrottleTime(api, 2 * HOUR)
    await confirmLogins(api, user.userId)
    expect(await send(key, { text: MOVE, input })).toMatchObject({
      isReplayed: false,
      data: { requestEmailChange: { userErrors: [] } },
    })
  })
})

/** Attack: whoever has a key that was cut down asks for what it was answered before. */
test('K8: a key that lost a scope is not given again what it was answered with it', async () => {
  const { api } = apis
  const by = await createApiKey(api, user)
  const key = randomUUID()
  const text = START.replace('session { id }', 'session { user { name } }')
  expect(await send(key, { by, text })).toMatchObject({ status: 200 })
  expect(await send(key, { by, text })).toMatchObject({ status: 200, isReplayed: true })
  await api.sql(`update api_keys set scopes = array_remove(scopes, 'PROFILE_READ') where id = ?`, [by.uuid])
  const refused = await send(key, { by, text })
  expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN', isReplayed: false })
  expect(refused.data).toBeUndefined()
  expect(apis.executions).toBe(1)
})

/** Attack: a retry after an answer with errors in it, which looks as if nothing had been done. */
test('a mutation that ran, and of whose result a part could not be told, is not run again', async () => {
  const key = randomUUID()
  const text = START.replace('session { id }', 'session { user { sessions(first: 0) { nodes { id } } } }')
  const first = await send(key, { text })
  expect(first).toMatchObject({ status: 200, code: 'BAD_USER_INPUT' })
  expect(apis.executions).toBe(1)
  const again = await send(key, { text, to: apis.sibling })
  expect(again).toMatchObject({ status: 200, isReplayed: true })
  expect(again.body).toEqual(first.body)
  expect(apis.executions).toBe(1)
})

describe('two at once', () => {
  test('run once: the others are told to come back, and then have the answer', async () => {
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => send(key, { to: i % 2 ? apis.api : apis.sibling })),
    )
    expect(apis.executions).toBe(1)
    const first = answers.filter(({ status, isReplayed }) => status === 200 && !isReplayed)
    expect(first).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
      expect(answer.headers.get('retry-after')).toBe('1')
    }
    expect((await send(key)).body).toEqual(first[0]!.body)
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
          const owner = await createUser(apis.api)
          const told = new Map<number, string>()
          apis.clear()
          for (const wave of waves) {
            const answers = await Promise.all(
              wave.map(async ({ key, name, to }) => ({
                key,
                name,
                answer: await send(keys[key] ?? '', {
                  text: RENAME,
                  input: { name },
                  by: owner,
                  to: [apis.api, apis.sibling][to]!,
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
          const writes = [...apis.api.statements, ...apis.sibling.statements].filter((text) =>
            /^update "?users/.test(text),
          )
          expect(writes.length).toBeLessThanOrEqual(new Set(waves.flat().map(({ key }) => key)).size)
        },
      ),
      { numRuns: 25 },
    )
  })
})
