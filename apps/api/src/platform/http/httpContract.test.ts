import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { sendRaw } from '../../testing/sendRaw.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const json = { 'content-type': 'application/json' }
const query = JSON.stringify({ query: '{ __typename }' })

interface Case {
  path?: string
  init?: RequestInit
  status: number
  code?: string
  allow?: string
}

const cases: Record<string, Case> = {
  'an answer': { init: { method: 'POST', headers: json, body: query }, status: 200 },
  'the schema': { path: '/schema.graphql', status: 200 },
  'a sign of life': { path: '/health/live', status: 200 },
  'a wrong credential': {
    init: { method: 'POST', headers: { ...json, authorization: `Bearer ${'a'.repeat(43)}` }, body: query },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'a credential of another scheme': {
    init: { method: 'POST', headers: { ...json, authorization: 'Basic YTpi' }, body: query },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'a syntax error': {
    init: { method: 'POST', headers: json, body: '{"query":"{"}' },
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
  },
  'a document that does not fit': {
    init: { method: 'POST', headers: json, body: '{"query":"{ x }"}' },
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  'a variable that does not fit': {
    init: { method: 'POST', headers: json, body: '{"query":"query ($id: ID!) { node(id: $id) { id } }"}' },
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  'an operation that is not there': {
    init: { method: 'POST', headers: json, body: '{"query":"query A { __typename }","operationName":"B"}' },
    status: 400,
    code: 'BAD_REQUEST',
  },
  'a missing query': {
    init: { method: 'POST', headers: json, body: '{}' },
    status: 400,
    code: 'BAD_REQUEST',
  },
  'an empty body': { init: { method: 'POST', headers: json }, status: 400, code: 'BAD_REQUEST' },
  'malformed JSON': {
    init: { method: 'POST', headers: json, body: '{"query' },
    status: 400,
    code: 'BAD_REQUEST',
  },
  'a body of text': {
    init: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: query },
    status: 400,
    code: 'BAD_REQUEST',
  },
  'a GET without a header that needs a preflight': {
    path: '/graphql?query={__typename}',
    status: 400,
    code: 'BAD_REQUEST',
  },
  'an unknown address': { path: '/graphiql', status: 404, code: 'NOT_FOUND' },
  'an unknown address with a body': {
    path: '/x',
    init: { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' },
    status: 404,
    code: 'NOT_FOUND',
  },
  'an address that is no address': { path: '/graphql/%zz', status: 400, code: 'BAD_REQUEST' },
  'DELETE at /graphql': {
    init: { method: 'DELETE' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    allow: 'GET, POST',
  },
  'OPTIONS at /graphql': {
    init: { method: 'OPTIONS' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    allow: 'GET, POST',
  },
  'POST at /health/live': {
    path: '/health/live',
    init: { method: 'POST', headers: json, body: '{}' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    allow: 'GET, HEAD',
  },
  'a mutation by GET': {
    path: '/graphql?query=mutation{__typename}',
    init: { headers: { 'apollo-require-preflight': '1' } },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    allow: 'POST',
  },
  'an Accept without our types': {
    init: { method: 'POST', headers: { ...json, accept: 'text/csv' }, body: query },
    status: 406,
    code: 'NOT_ACCEPTABLE',
  },
  'a body that is too large': {
    init: { method: 'POST', headers: json, body: `"${'x'.repeat(100_000)}"` },
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  },
  'a form': {
    init: { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
}

test.each(Object.entries(cases))(
  'L9: %s has a request id, may not be stored, and an error is in the shape of GraphQL',
  async (_name, { path = '/graphql', init = {}, status, code, allow }) => {
    const response = await fetch(api.url + path, init)
    const body = await response.text()
    expect(response.status).toBe(status)
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('vary')).toBe('Accept')
    expect(response.headers.get('allow')).toBe(allow ?? null)
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
    if (code) {
      const { errors } = JSON.parse(body) as { errors: { message: string; extensions: object }[] }
      expect(errors).toHaveLength(1)
      expect(errors[0]?.message).toMatch(/\.$/)
      expect(errors[0]?.extensions).toEqual({ code, requestId: response.headers.get('x-request-id') })
    }
  },
)

test.each([
  ['bytes that are no HTTP', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    431,
    'PAYLOAD_TOO_LARGE',
  ],
])('%s are answered in the shape of GraphQL', async (_name, bytes, status, code) => {
  const [head = '', body = ''] = (await sendRaw(api.url, bytes)).split('\r\n\r\n')
  expect(head).toContain(`HTTP/1.1 ${status} `)
  expect(head).toContain('cache-control: no-store')
  expect(head).toContain('vary: Accept')
  const requestId = /x-request-id: (\S+)/.exec(head)?.[1]
  expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code, requestId } }] })
})

/** Node itself answers these, with a status and nothing else, where nobody says otherwise. */
test.each([
  ['without a host', 'GET /nothing HTTP/1.1\r\nconnection: close\r\n\r\n'],
  [
    'with an expectation of another kind',
    'GET /nothing HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\nconnection: close\r\n\r\n',
  ],
])('a request %s is answered like any other', async (_name, bytes) => {
  const [head = '', body = ''] = (await sendRaw(api.url, bytes)).split('\r\n\r\n')
  expect(head).toContain('HTTP/1.1 404 ')
  expect(head).toContain('cache-control: no-store')
  const requestId = /x-request-id: (\S+)/.exec(head)?.[1]
  expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND', requestId } }] })
})

test('the schema is served as text', async () => {
  const response = await fetch(`${api.url}/schema.graphql`)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await response.text()).toContain('interface Node')
})

test('nothing is refused for a charset, or for other parameters of the content type', async () => {
  const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
  const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: query })
  expect(response.status).toBe(200)
})

test.each([
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
  ['application/json', 'application/json; charset=utf-8'],
  ['*/*', 'application/json; charset=utf-8'],
  ['text/html, application/*;q=0.5', 'application/json; charset=utf-8'],
  [
    'application/json;q=0.5, application/graphql-response+json',
    'application/graphql-response+json; charset=utf-8',
  ],
  [
    'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
    'application/graphql-response+json; charset=utf-8',
  ],
  ['*/*, application/json;q=0', 'application/graphql-response+json; charset=utf-8'],
  ['application/json;q=0', null],
])('Accept: %s is answered with %s', async (accept, expected) => {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { ...json, accept },
    body: query,
  })
  expect(response.status).toBe(expected ? 200 : 406)
  if (expected) expect(response.headers.get('content-type')).toBe(expected)
})
