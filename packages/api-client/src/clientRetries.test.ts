import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApiClient } from './client.ts'
import type { ApiClient } from './client.ts'
import {
  EndSessionDocument,
  HistoryDocument,
  MeDocument,
  RefreshSessionDocument,
  SignInDocument,
  StartSessionDocument,
} from './generated/graphql.ts'
import { type AnsweringServer, startAnsweringServer } from './testing/answeringServer.ts'
import { json } from './testing/json.ts'

const busy = { errors: [{ message: 'Slow down.', extensions: { code: 'RATE_LIMITED' } }] }
const away = { errors: [{ message: 'Away.', extensions: { code: 'SERVICE_UNAVAILABLE' } }] }
const FAILURES: Record<string, (response: ServerResponse) => void> = {
  'a broken connection': (response) => response.destroy(),
  'a balancer’s page': (response) => response.writeHead(502).end('<h1>Bad gateway</h1>'),
  'too few points': json(429, busy, { 'retry-after': '0' }),
  'what it needs is away': json(503, away, { 'retry-after': '0' }),
}

let server: AnsweringServer
let client: ApiClient
let failures: ((response: ServerResponse) => void)[]
beforeEach(async () => {
  failures = []
  server = await startAnsweringServer((response) => {
    const answer = failures.shift() ?? json(200, { data: { answered: true } })
    answer(response)
  })
  client = createApiClient({ url: server.url, token: 'key' })
})
afterEach(() => server.stop())

const id = 'session_1'
const repeatable: Record<string, () => Promise<unknown>> = {
  'a query': () => client.request(MeDocument),
  'a query of the caller’s own': () => client.request('query Mine { me { id } }', {}),
  'a mutation with an idempotency key': () =>
    client.request(
      'mutation Mine { startSession(input: {}) { session { id } } }',
      {},
      { idempotencyKey: 'a' },
    ),
  'startSession with a client id': () =>
    client.request(StartSessionDocument, { input: { clientSessionId: crypto.randomUUID() } }),
  refreshSession: () => client.request(RefreshSessionDocument, { input: { id } }),
  endSession: () => client.request(EndSessionDocument, { input: { id } }),
}
const once: Record<string, () => Promise<unknown>> = {
  'startSession without a client id': () => client.request(StartSessionDocument, { input: {} }),
  'a mutation without a key': () =>
    client.request(SignInDocument, { input: { email: 'a@b.c', password: 'x' } }),
  'a mutation of the caller’s own that has a client id beside others': () =>
    client.request(
      'mutation Mine($input: StartSessionInput!) { startSession(input: $input) { session { id } } }',
      {
        input: { clientSessionId: crypto.randomUUID() },
      },
    ),
  'a mutation behind a fragment': () =>
    client.request('fragment query on User { id } mutation { signOut { userErrors { code } } }', {}),
}

for (const [failure, fail] of Object.entries(FAILURES)) {
  test.each(Object.entries(repeatable))(`%s is sent again, the same, after ${failure}`, async (_, send) => {
    failures = [fail]
    expect(await send()).toEqual({ answered: true })
    const [first, second] = server.seen
    expect(server.seen).toHaveLength(2)
    expect(second?.body).toBe(first?.body)
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
  })

  /** Sent again, it might be done twice. */
  test.each(Object.entries(once))(`%s is sent once, also after ${failure}`, async (_, send) => {
    failures = [fail]
    await expect(send()).rejects.toThrow()
    expect(server.seen).toHaveLength(1)
  })
}

test('a list is read page by page, each asked for when the one before it was taken, and again after a failure', async () => {
  const page = (ids: string[], endCursor: string, hasNextPage: boolean) =>
    json(200, {
      data: { me: { sessions: { nodes: ids.map((id) => ({ id })), pageInfo: { endCursor, hasNextPage } } } },
    })
  failures = [
    page(['a', 'b'], 'two', true),
    json(503, away, { 'retry-after': '0' }),
    page(['c'], 'three', false),
  ]
  const ids: string[] = []
  const requestsAt: number[] = []
  for await (const session of client.each(HistoryDocument, { first: 2 }, ({ me }) => me?.sessions)) {
    ids.push(session.id)
    requestsAt.push(server.seen.length)
  }
  expect(ids).toEqual(['a', 'b', 'c'])
  expect(requestsAt).toEqual([1, 1, 3])
  const variables = server.seen.map(({ body }) => (JSON.parse(body) as { variables: unknown }).variables)
  expect(variables).toEqual([{ first: 2 }, { first: 2, after: 'two' }, { first: 2, after: 'two' }])
})

test('a list that is left early asks for no further page', async () => {
  const pageInfo = { endCursor: 'x', hasNextPage: true }
  failures = [json(200, { data: { me: { sessions: { nodes: [{ id: 'a' }], pageInfo } } } })]
  for await (const session of client.each(HistoryDocument, { first: 1 }, ({ me }) => me?.sessions)) {
    expect(session.id).toBe('a')
    break
  }
  expect(server.seen).toHaveLength(1)
})

test('a list that nobody may see is an error, and not an empty list', async () => {
  failures = [json(200, { data: { me: null } })]
  const items = client.each(HistoryDocument, { first: 1 }, ({ me }) => me?.sessions)
  await expect(items.next()).rejects.toThrow('credential')
})

test('a request that its caller gives up ends with the caller’s reason, and is not sent again', async () => {
  const controller = new AbortController()
  failures = [() => controller.abort(new Error('given up'))]
  await expect(client.request(MeDocument, {}, { signal: controller.signal })).rejects.toThrow('given up')
  await expect(client.request(MeDocument, {}, { signal: controller.signal })).rejects.toThrow('given up')
  expect(server.seen).toHaveLength(1)
})
