import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSchema } from '../../../schema.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { KeyedApis, type KeyedRequest } from '../../../testing/keyedApis.ts'
import { findMutationCalls } from '../../../testing/mutationCalls.ts'
import { documentLimits } from '../createApolloServer.ts'
import { findKeptMutation } from './findKeptMutation.ts'

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

const send = (key: string, request: Partial<KeyedRequest> = {}) => apis.send(key, { by: user, ...request })

describe('a key is refused', () => {
  test.each(['', 'short', 'a b c d e f', 'x'.repeat(129), '"12345678é"', 'key-one-12, key-two-12'])(
    'of another form: %j',
    async (key) => {
      expect(await send(Buffer.from(key).toString('latin1'))).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
      })
      expect(apis.executions).toBe(0)
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
    expect(apis.executions).toBe(0)
  })

  test('and is of no matter to a query', async () => {
    const text = '{ me { id } }'
    const key = randomUUID()
    for (let run = 0; run < 2; run += 1) {
      const answer = await apis.api.request(text, {}, { ...user, headers: { 'idempotency-key': key } })
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

/** Attack: a name that every object has stands for a clientSessionId that nobody sent, and a cut-off start runs twice. */
test.each(['toString', 'constructor', '__proto__'])(
  'a start is repeatable by a clientSessionId that was sent, and by no variable called $%s',
  (name) => {
    const query = `mutation ($${name}: ID) { startSession(input: { clientSessionId: $${name} }) { alreadyLive } }`
    const find = (variables: Record<string, unknown>) =>
      findKeptMutation(createSchema(), { query, operationName: null, variables })?.isRepeatable
    expect(find({})).toBe(false)
    expect(find(JSON.parse(`{"${name}":"${randomUUID()}"}`) as Record<string, unknown>)).toBe(true)
  },
)

/** Attack: a document that only the engine can read runs as often as it is sent, key or not. */
describe('a document with a key is read as the engine reads it', () => {
  const mutationOf = (tokens: number) => {
    const [head, tail] = ['mutation { signOut { userErrors { ', '} } }']
    return `${head}${'code '.repeat(tokens - 9)}${tail}`
  }

  test('up to the last token that the engine takes', () => {
    const find = (tokens: number) =>
      findKeptMutation(createSchema(), { query: mutationOf(tokens), operationName: null, variables: {} })
    expect(find(documentLimits.tokens)?.operation.operation).toBe('mutation')
    expect(() => find(documentLimits.tokens + 1)).toThrow()
  })

  test.each([mutationOf(documentLimits.tokens + 1), 'mutation { signOut'])(
    'and refused where it cannot be read',
    async (text) => {
      const [keyed, plain] = [await send(randomUUID(), { text }), await apis.api.request(text, {}, user)]
      expect(keyed).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' })
      const told = (errors: typeof plain.errors) =>
        errors?.map(({ extensions: _extensions, ...error }) => error)
      expect(told(keyed.errors)).toEqual(told(plain.errors))
    },
  )
})
