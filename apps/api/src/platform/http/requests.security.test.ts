import 'reflect-metadata'
import { Mutation, Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callers } from '../../testing/callers.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { sendRaw } from '../../testing/sendRaw.ts'
import { ForKeys } from '../graphql/key-access/forKeys.ts'

let executed = 0

@Resolver()
class CountingResolver {
  @ForKeys('ANY')
  @Mutation(() => Boolean, { description: 'Counts that it ran.' })
  count(): boolean {
    executed += 1
    return true
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { description: 'Counts that it ran.' })
  counted(): boolean {
    executed += 1
    return true
  }
}

let api: TestApi
let token: string | null
beforeAll(async () => {
  api = await createTestApi({ extraResolvers: [CountingResolver] })
})
afterAll(() => api.close())
beforeEach(() => {
  executed = 0
  api.logLines.length = 0
})

const json = { 'content-type': 'application/json' }
const mutation = JSON.stringify({ query: 'mutation { count }' })

async function send(init: RequestInit, path = '/graphql') {
  const headers = new Headers(init.headers)
  if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`)
  const response = await fetch(api.url + path, { ...init, headers })
  const text = await response.text()
  const { errors } = JSON.parse(text) as { errors?: { message: string; extensions: { code: string } }[] }
  return { status: response.status, headers: response.headers, text, errors }
}

describe.each(callers)('sent by $name', ({ makeToken }) => {
  beforeAll(async () => {
    token = await makeToken(api)
  })

  /** A list of operations is as many requests for the price of one. */
  test('A3: an array of ten operations is refused', async () => {
    const body = JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'mutation { count }' })))
    const answer = await send({ method: 'POST', headers: json, body })
    expect(answer.status).toBe(400)
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
    expect(executed).toBe(0)
  })

  /** A page of a foreign origin makes the browser send what needs no preflight: a link, a form, a fetch with text. */
  test.each<[string, RequestInit, string?]>([
    ['a GET', {}, '/graphql?query={counted}'],
    ['text/plain', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: mutation }],
    [
      'text/plain with a parameter',
      { method: 'POST', headers: { 'content-type': 'text/plain; x=application/json' }, body: mutation },
    ],
    ['no content type', { method: 'POST', body: Buffer.from(mutation) }],
  ])('A14: %s without a header that needs a preflight is refused', async (_what, init, path) => {
    const answer = await send(init, path)
    expect(answer.status).toBe(400)
    expect(executed).toBe(0)
  })

  test('A14: a GET with such a header is answered', async () => {
    const answer = await send({ headers: { 'apollo-require-preflight': '1' } }, '/graphql?query={counted}')
    expect(answer.status).toBe(200)
  })

  /** A GET is repeated, prefetched and logged by whoever stands between; nothing may change by one. */
  test('A15: a mutation by GET is refused with 405 and what is allowed', async () => {
    for (const path of [
      '/graphql?query=mutation{count}',
      '/graphql?query=query A{counted} mutation B{count}&operationName=B',
    ]) {
      const answer = await send({ headers: { 'apollo-require-preflight': '1' } }, path)
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe('POST')
      expect(answer.errors?.[0]?.extensions.code).toBe('METHOD_NOT_ALLOWED')
    }
    expect(executed).toBe(0)
  })

  /** Forms need no preflight. */
  test('A16: urlencoded and multipart bodies are refused with 415, with a preflight header too', async () => {
    const form = new FormData()
    form.set('operations', mutation)
    for (const body of [new URLSearchParams({ query: 'mutation { count }' }), form]) {
      const answer = await send({ method: 'POST', body, headers: { 'apollo-require-preflight': '1' } })
      expect(answer.status).toBe(415)
      expect(answer.errors?.[0]?.extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE')
    }
    expect(executed).toBe(0)
  })

  /** Large bodies fill memory, large documents keep the parser busy. */
  test('A17: a body of 2 MB is refused with 413, a literal of 40 kB with 400', async () => {
    const large = await send({
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query: 'x'.repeat(2_000_000) }),
    })
    expect(large.status).toBe(413)
    expect(large.errors?.[0]?.extensions.code).toBe('PAYLOAD_TOO_LARGE')
    const literal = await send({
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query: `{ node(id: "${'x'.repeat(40_000)}") { id } }` }),
    })
    expect(literal.status).toBe(400)
    expect(literal.text).toContain('32768 bytes')
    expect(literal.text.length).toBeLessThan(300)
  })

  /** The limit has to be kept against a sender that names no length. */
  test('A17: a body of 2 MB in chunks is refused with 413', async () => {
    const chunk = `${(100_001).toString(16)}\r\n${'x'.repeat(100_001)}\r\n`
    const answer = await sendRaw(
      api.url,
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
    )
    expect(answer).toContain('HTTP/1.1 413 ')
  })

  /** A parser's message repeats a piece of the body, which may be a password. */
  test('A18: malformed JSON and a syntax error are answered in the shape of GraphQL, without a piece of the body', async () => {
    for (const [body, code] of [
      ['{"query":"mutation { count }","variables":{"password":"hunter2hunter2', 'BAD_REQUEST'],
      ['{"__proto__":{"password":"hunter2hunter2"}}', 'BAD_REQUEST'],
      [JSON.stringify({ query: 'mutation { count(password "hunter2hunter2") }' }), 'GRAPHQL_PARSE_FAILED'],
      [
        JSON.stringify({ query: 'mutation { count(password: """hunter2hunter2""" """hunter2"""' }),
        'GRAPHQL_PARSE_FAILED',
      ],
      [JSON.stringify({ query: 'mutation { count } hunter2hunter2' }), 'GRAPHQL_PARSE_FAILED'],
    ] as const) {
      const answer = await send({ method: 'POST', headers: json, body })
      expect(answer.status).toBe(400)
      expect(answer.errors?.[0]?.extensions.code).toBe(code)
      expect(answer.text + api.logLines.join('')).not.toContain('hunter2')
    }
  })

  /** An operation that runs and is then refused for its Accept has changed something nobody hears of. */
  test('A21: Accept: text/csv is refused with 406 before anything runs', async () => {
    const answer = await send({ method: 'POST', headers: { ...json, accept: 'text/csv' }, body: mutation })
    expect(answer.status).toBe(406)
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_ACCEPTABLE')
    expect(executed).toBe(0)
  })

  /** Work and answer must not grow with the number of mistakes. */
  test('A27: ten thousand wrong variables give five errors at most, fast', async () => {
    const start = process.threadCpuUsage()
    const body = JSON.stringify({
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: Array.from({ length: 10_000 }, () => ({})) },
    })
    const answer = await send({ method: 'POST', headers: json, body })
    expect(answer.status).toBe(400)
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(Array(5).fill('BAD_USER_INPUT'))
    expect(answer.text.length).toBeLessThan(2_000)
    const { user, system } = process.threadCpuUsage(start)
    expect((user + system) / 1_000).toBeLessThan(300)
  })

  /** Whoever can start a new line in a log can forge records; whoever can make one endless can fill the disk. */
  test('A28: no operation name breaks out of its log record or makes it long', async () => {
    const named = (name: string) => ({ query: `query ${name} { counted }`, operationName: name })
    const long = 'n'.repeat(15_000)
    for (const [body, status] of [
      [{ query: '{ counted }', operationName: 'n'.repeat(1_000_000) }, 413],
      [named(long), 200],
      [{ query: '{ counted }', operationName: 'a"}\n{"level":50,"msg":"forged"}' }, 400],
      [{ query: 'query A\r\nB { counted }' }, 400],
      [named('Fine'), 200],
    ] as const) {
      expect((await send({ method: 'POST', headers: json, body: JSON.stringify(body) })).status).toBe(status)
    }
    const records = api.logLines.map((line) => {
      expect(line.trimEnd()).not.toMatch(/[\r\n]/)
      expect(line.length).toBeLessThan(1_000)
      return JSON.parse(line) as { msg: string; operation?: string | null }
    })
    expect(records.map(({ msg }) => msg)).not.toContain('forged')
    expect(records.map(({ operation }) => operation)).toEqual([null, long.slice(0, 100), null, null, 'Fine'])
  })

  /** A line break that gets into a header ends it, and the rest becomes headers or a body of the attacker's. */
  test.each([
    ['a line feed', 'x-request-id: abcdefgh\nx-evil: 1'],
    ['a carriage return', 'x-request-id: abcdefgh\rx-evil: 1'],
    ['a continuation line', 'x-request-id: abcdefgh\r\n x-evil: 1'],
    ['a zero byte', 'x-request-id: abcd\0efgh'],
  ])('A28: %s in a header brings nothing into the answer or the log', async (_what, header) => {
    const body = '{"query":"{ counted }"}'
    const answer = await sendRaw(
      api.url,
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n${header}\r\n\r\n${body}`,
    )
    expect(answer).not.toMatch(/evil|abcd/)
    for (const line of api.logLines) expect(line.trimEnd()).not.toMatch(/[\r\n]|evil|abcd/)
  })

  /** The log outlives accounts and is read by more people than the tables. */
  test('no query, variable, token or address gets into the log', async () => {
    const secret = 'hunter2hunter2'
    await send({
      method: 'POST',
      headers: {
        ...json,
        authorization: `Bearer ${secret.padEnd(43, 'x')}`,
        cookie: secret,
        'user-agent': secret,
      },
      body: JSON.stringify({
        query: `{ node(id: "${secret}") { id } }`,
        variables: { email: `${secret}@example.com` },
      }),
    })
    await send({ headers: { 'apollo-require-preflight': '1' } }, `/graphql?query={node(id:"${secret}"){id}}`)
    await send({}, `/${secret}`)
    expect(api.logLines).toHaveLength(3)
    expect(api.logLines.join('')).not.toContain('hunter2')
  })

  /** With a CORS grant, any page could read with a visitor's credentials. */
  test('A30: a request from another origin, with credentials, gets no CORS grant', async () => {
    const inits: (RequestInit & { headers: Record<string, string> })[] = [
      {
        method: 'OPTIONS',
        headers: {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      },
      { method: 'POST', headers: { ...json, cookie: 'login=x' }, body: '{"query":"{ counted }"}' },
      { method: 'POST', headers: json, body: '{"query":"{"}' },
    ]
    for (const init of inits) {
      const answer = await send({ ...init, headers: { ...init.headers, origin: 'https://evil.example' } })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })
})
