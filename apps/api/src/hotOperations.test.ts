import 'reflect-metadata'
import fc from 'fast-check'
import {
  getNamedType,
  getNullableType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiContext, createContextFactory } from './context.ts'
import { createApolloServer } from './platform/graphql/createApolloServer.ts'
import { CostFormula } from './platform/graphql/limits/costFormula.ts'
import { HotOperations } from './platform/graphql/hotOperations.ts'
import { KeyGate } from './platform/graphql/key-access/keyGate.ts'
import { OperationRunner } from './platform/graphql/operationRunner.ts'
import { RunningOperation } from './platform/graphql/runningOperation.ts'
import { createSchema } from './schema.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'

const RUNS = 500
const DEPTH = 5

let api: TestApi
let user: TestUser
let sessionId: string
const schema = createSchema()
let hot: OperationRunner<ApiContext>
let cold: OperationRunner<ApiContext>

async function createRunner(runsBeforeHot: number): Promise<OperationRunner<ApiContext>> {
  const costs = new CostFormula(schema)
  const operations = new HotOperations(schema, { runsBeforeHot })
  const gate = new KeyGate(schema)
  const { logger } = api.app.services
  const apollo = createApolloServer<ApiContext>(schema, { logger, hot: operations, gate, costs })
  await apollo.start()
  return new OperationRunner(apollo, { hot: operations, gate, costs })
}

beforeAll(async () => {
  api = await createTestApi()
  hot = await createRunner(0)
  cold = await createRunner(Infinity)
  user = await createUser(api)
  for (let index = 0; index < 5; index += 1) {
    const { data } = await api.request<{ startSession: { session: { id: string } } }>(
      'mutation { startSession(input: {}) { session { id } } }',
      {},
      user,
    )
    sessionId = data.startSession.session.id
    api.clock.advance(60_000)
    if (index < 4)
      await api.request(
        'mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } } }',
        { input: { id: sessionId } },
        user,
      )
  }
})
afterAll(() => api.close())

interface Asked {
  text: string
  operationName: string | null
  variables: Record<string, unknown>
  authorization: string | undefined
}

async function answer(
  runner: OperationRunner<ApiContext>,
  { text, operationName, variables, authorization }: Asked,
  method = 'POST',
): Promise<{ data: unknown; errors: unknown[]; status: unknown }> {
  const operation = new RunningOperation(60_000)
  const client = { ipAddress: '192.0.2.1', userAgent: null, isWebApp: false }
  const contextValue = await createContextFactory(api.app.services)({
    requestId: 'request-1',
    operation,
    client,
    authorization,
  } as Parameters<ReturnType<typeof createContextFactory>>[0])
  const result = await operation.race(
    runner.run({ query: text, operationName, variables, method }, contextValue),
  )
  return JSON.parse(
    JSON.stringify({ data: result.data, errors: result.errors ?? [], status: result.http.status ?? null }),
  ) as { data: unknown; errors: unknown[]; status: unknown }
}

/** Values for arguments, right ones and wrong ones. */
function argumentText(name: string): fc.Arbitrary<string> {
  const values: Record<string, string[]> = {
    first: ['$count', '2', '20', '0', '-1', '101', 'null'],
    last: ['1', '3', 'null'],
    after: ['null', '$cursor', '"nonsense"'],
    before: ['null', '"nonsense"'],
    filter: ['{}', '{ from: "2026-01-01" }', '{ from: "2030-01-01", to: null }'],
    id: [JSON.stringify(sessionId), '"session_nonsense"', '""'],
    ids: [`[${JSON.stringify(sessionId)}, "nothing"]`, '[]'],
  }
  return fc.constantFrom(...(values[name] ?? ['null']))
}

function selection(type: GraphQLOutputType, depth: number): fc.Arbitrary<string> {
  const named = getNamedType(type)
  if (!isCompositeType(named)) return fc.constant('')
  const fields = isObjectType(named) || isInterfaceType(named) ? Object.values(named.getFields()) : []
  const usable = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)))
  if (usable.length === 0) return fc.constant(' { __typename }')
  const one = fc.constantFrom(...usable).chain((field) =>
    fc
      .tuple(
        fc.constantFrom('', '', 'a: ', 'b: '),
        fc
          .subarray([...field.args])
          .chain((chosen) =>
            fc.tuple(...chosen.map(({ name }) => argumentText(name).map((text) => `${name}: ${text}`))),
          ),
        selection(getNullableType(field.type), depth - 1),
      )
      .map(
        ([alias, given, inner]) =>
          `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${inner}`,
      ),
  )
  const part = fc.oneof(
    { weight: 6, arbitrary: one },
    { weight: 1, arbitrary: fc.constant('__typename') },
    { weight: 1, arbitrary: one.map((text) => `... on ${named.name} { ${text} }`) },
    ...(isInterfaceType(named) ? [{ weight: 3, arbitrary: onSession(depth) }] : []),
  )
  return fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => ` { ${parts.join(' ')} }`)
}

function onSession(depth: number): fc.Arbitrary<string> {
  return fc
    .constant(schema.getType('Session'))
    .chain((type) => selection(type as GraphQLOutputType, depth))
    .map((text) => `... on Session${text}`)
}

/** Declares the variables that a selection uses, and names the operation. */
function operationOf(selectionText: string): string {
  const declared = [
    ...(selectionText.includes('$count') ? ['$count: Int = 3'] : []),
    ...(selectionText.includes('$cursor') ? ['$cursor: String'] : []),
  ]
  return `query Asked${declared.length > 0 ? ` (${declared.join(', ')})` : ''}${selectionText}`
}

const variables = fc.record(
  {
    count: fc.constantFrom<unknown>(1, 20, 0, null, 'two', 1.5, [1]),
    cursor: fc.constantFrom<unknown>(null, 'nonsense', 5, {}),
  },
  { requiredKeys: [] },
)

/** Of an Int variable; some are in every object, or mean something else there. */
const countNames = fc.constantFrom('count', 'count', 'toString', 'constructor', '__proto__')

/** As a request hands them on. */
function sentAs(name: string, { count, ...rest }: { count?: unknown; cursor?: unknown }): Asked['variables'] {
  const sent = Object.assign(Object.create(null) as Asked['variables'], rest)
  if (count !== undefined) sent[name] = count
  return sent
}

test('a hot query answers what Apollo answers, errors and all', async () => {
  const query = (schema as GraphQLSchema).getQueryType()
  let answered = 0
  await fc.assert(
    fc.asyncProperty(
      fc
        .constant(null)
        .chain(() => selection(query!, DEPTH))
        .map(operationOf),
      variables,
      fc.constantFrom(null, 'Asked', 'Unknown'),
      fc.boolean(),
      countNames,
      async (asksFor, values, operationName, isSignedIn, countName) => {
        const text = asksFor.replaceAll('$count', () => `$${countName}`)
        const given = sentAs(countName, values)
        fc.pre(validate(schema, parse(text)).length === 0)
        const authorization = isSignedIn ? `Bearer ${user.token}` : undefined
        const asked = { text, operationName, variables: given, authorization }
        const expected = await answer(cold, asked)
        expect(await answer(hot, asked)).toEqual(expected)
        expect(await answer(hot, asked)).toEqual(expected)
        if (expected.errors.length === 0) answered += 1
      },
    ),
    { numRuns: RUNS },
  )
  expect(answered).toBeGreaterThan(RUNS / 10)
})

describe('a hot mutation', () => {
  const START =
    'mutation Start($input: StartSessionInput!) { startSession(input: $input) { userErrors { code } } }'
  const startTwice = async (variables: Record<string, unknown>, method = 'POST') => {
    const asked = { text: START, operationName: 'Start', authorization: undefined }
    await answer(hot, { ...asked, variables: { input: {} } })
    return answer(hot, { ...asked, variables }, method)
  }

  const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) {
    session { id status startedAt endedAt durationSeconds timeZone } userErrors { code message path } } }`
  test.each([
    ['its own session', () => sessionId, () => user.token],
    ['a session that is not there', () => 'session_nonsense', () => user.token],
    ['no login', () => sessionId, () => null],
  ])('answers what Apollo answers: %s', async (_what, id, token) => {
    const authorization = token() === null ? undefined : `Bearer ${token()}`
    const asked = {
      text: REFRESH,
      operationName: null,
      variables: { input: { id: id() } },
      authorization,
    }
    const expected = await answer(cold, asked)
    expect(await answer(hot, asked)).toEqual(expected)
    expect(await answer(hot, asked)).toEqual(expected)
    expect(expected.errors).toHaveLength(token() === null ? 1 : 0)
  })

  test('by GET is refused before it runs', async () => {
    expect(await startTwice({ input: {} }, 'GET')).toEqual({ errors: [expect.anything()], status: 405 })
  })

  test('with variables that do not fit is refused as Apollo refuses it, with a 400', async () => {
    const asked = { text: START, operationName: 'Start', variables: { input: 5 }, authorization: undefined }
    const expected = await answer(cold, asked)
    expect(expected.status).toBe(400)
    expect(await startTwice({ input: 5 })).toEqual(expected)
  })
})
