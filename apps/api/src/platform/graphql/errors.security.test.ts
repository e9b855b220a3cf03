import 'reflect-metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callers } from '../../testing/callers.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { FailingResolver } from '../../testing/failingResolver.ts'

const { SECRET } = FailingResolver

let api: TestApi
let token: string | null
const ask = (query: string, variables: Record<string, unknown> = {}) =>
  api.request(query, variables, { token })
beforeAll(async () => {
  api = await createTestApi({ extraResolvers: [FailingResolver] })
})
afterAll(() => api.close())
beforeEach(() => {
  api.logLines.length = 0
})

describe.each(callers)('sent by $name', ({ makeToken }) => {
  beforeAll(async () => {
    token = await makeToken(api)
  })

  /** A driver's message holds the statement with its values, an address of the database, or names of tables. */
  test.each(['driverError', 'duplicate', 'bug', 'noError', 'foreignCode', 'unknownCode', 'notSerialisable'])(
    'A19: what %s throws is masked, and found in the log by the id of the request',
    async (field) => {
      const answer = await ask(`query Failing { ${field} }`)
      const requestId = answer.headers.get('x-request-id')
      expect(answer.data).toEqual({ [field]: null })
      expect(answer.errors).toEqual([
        {
          message: 'Something went wrong here. The log knows more under the id of this request.',
          path: [field],
          locations: [{ line: 1, column: 17 }],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ])
      const records = api.logLines.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(records).toContainEqual(
        expect.objectContaining({ requestId, operation: 'Failing', path: field, msg: 'resolver failed' }),
      )
    },
  )

  /** The log keeps what helps to find the fault, and no value of a person's. */
  test('A19: the log names the kind of error, its code and its place, and repeats no value', async () => {
    await ask('{ driverError duplicate bug noError notSerialisable }')
    const records = api.logLines
      .map((line) => JSON.parse(line) as { path?: string; err?: Record<string, unknown> })
      .filter(({ err }) => err)
    const byPath = Object.fromEntries(records.map(({ path, err }) => [path, err]))
    expect(byPath['driverError']).toMatchObject({ code: '22P02' })
    expect(byPath['duplicate']).toMatchObject({
      code: '23505',
      constraint: 'users_email_unique',
      table: 'users',
    })
    expect(byPath['bug']).toMatchObject({
      type: 'TypeError',
      message: `Cannot read properties of undefined (reading 'x')`,
    })
    expect(byPath['bug']?.['stack']).toContainEqual(expect.stringContaining('failingResolver.ts'))
    expect(Object.keys(byPath)).toHaveLength(5)
    expect(api.logLines.join('')).not.toContain(SECRET)
  })

  test('what is thrown for the client keeps its code, and what it says beside it', async () => {
    const answer = await ask('{ forbidden }')
    expect(answer.status).toBe(200)
    expect(answer.errors).toMatchObject([
      {
        message: 'This needs the scope history:read.',
        extensions: { code: 'FORBIDDEN', scopes: ['history:read'] },
      },
    ])
  })

  test('an answer without any data is a 500, so that whoever watches statuses sees that we failed', async () => {
    const answer = await ask('{ needed }')
    expect(answer).toMatchObject({ status: 500, data: null })
    expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
  })

  test.each([
    ['{ busy }', 'a query'],
    ['mutation { change }', 'a mutation'],
  ])(
    'RATE_LIMITED has status 429 and Retry-After, at the first run and when it is hot: %s',
    async (document) => {
      for (let run = 0; run < 3; run += 1) {
        const answer = await ask(document)
        expect(answer.status).toBe(429)
        expect(answer.headers.get('retry-after')).toBe('7')
        expect(answer.errors?.[0]?.extensions).toEqual({
          code: 'RATE_LIMITED',
          requestId: answer.headers.get('x-request-id'),
        })
      }
    },
  )

  const TAKE = 'mutation ($input: SecretInput!) { take(input: $input) }'
  const good = { email: 'a@example.com', password: SECRET }

  /**
   * The engine prints the whole input beside the field that does not fit, and answers are kept by browsers, error trackers
   * and the logs of clients.
   */
  test.each<[string, string, Record<string, unknown>, string]>([
    [
      'a field too many',
      TAKE,
      { input: { ...good, pin: 1 } },
      '$input has a field that SecretInput does not know; it takes: email, password, more.',
    ],
    [
      'a field too many, named like the password',
      TAKE,
      { input: { ...good, [SECRET]: 1 } },
      '$input has a field that SecretInput does not know; it takes: email, password, more.',
    ],
    [
      'a field that is missing',
      TAKE,
      { input: { password: SECRET } },
      '$input.email has to be String! and may not be left out or null.',
    ],
    [
      'a number as the password',
      TAKE,
      { input: { email: SECRET, password: 4242424242 } },
      '$input.password has to be String.',
    ],
    [
      'a list as the password',
      TAKE,
      { input: { ...good, password: [SECRET] } },
      '$input.password has to be String.',
    ],
    [
      'an error in a list',
      TAKE,
      { input: { ...good, more: [good, { ...good, email: null }] } },
      '$input.more.1.email has to be String! and may not be left out or null.',
    ],
    ['text for the object', TAKE, { input: SECRET }, '$input has to be SecretInput, an object.'],
    ['no input at all', TAKE, {}, '$input has to be SecretInput! and may not be left out or null.'],
  ])(
    'A20: %s is told by path and type, and the password is nowhere',
    async (_what, document, variables, message) => {
      const answer = await ask(document, variables)
      expect(answer.status).toBe(400)
      expect(answer.errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }])
      expect(JSON.stringify(answer) + api.logLines.join('')).not.toMatch(/correct-horse|4242424242/)
    },
  )

  /** The same with the input written into the document, where validation and parser come across it. */
  test.each([
    [
      'a field too many',
      `{ email: "a", password: "${SECRET}", pin: 1 }`,
      'Field "pin" is not defined by type "SecretInput".',
    ],
    [
      'a field that is missing',
      `{ password: "${SECRET}" }`,
      'Field "SecretInput.email" of required type "String!" was not provided.',
    ],
    [
      'a number as the password',
      '{ email: "a", password: 4242424242 }',
      'A value of type "String" is expected here.',
    ],
    [
      'an object as the password',
      `{ email: "a", password: { x: "${SECRET}" } }`,
      'A value of type "String" is expected here.',
    ],
    [
      'a list as the password',
      `{ email: "a", password: ["${SECRET}"] }`,
      'A value of type "String" is expected here.',
    ],
    ['null as the password', '{ email: "a", password: null }', 'A value of type "String!" is expected here.'],
    [
      'a password without quotation marks',
      '{ email: "a", password: hunter2 }',
      'A value of type "String" is expected here.',
    ],
    ['text for the object', `"${SECRET}"`, 'A value of type "SecretInput!" is expected here.'],
    ['a missing colon', `{ email: "a", password "${SECRET}" }`, 'Syntax Error: Expected ":", found String.'],
  ])('A20: %s, in the document itself, is told without the value', async (_what, input, message) => {
    const answer = await ask(`mutation { take(input: ${input}) }`)
    expect(answer.status).toBe(400)
    expect(answer.errors?.[0]?.message).toBe(message)
    expect(JSON.stringify(answer) + api.logLines.join('')).not.toMatch(/correct-horse|4242424242|hunter2/)
  })
})
