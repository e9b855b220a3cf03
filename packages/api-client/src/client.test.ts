import type { ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { ApiError } from './apiError.ts'
import { ApiUnreachableError } from './apiUnreachableError.ts'
import { createApiClient } from './client.ts'
import { MeDocument, SignInDocument } from './generated/graphql.ts'
import { type AnsweringServer, startAnsweringServer } from './testing/answeringServer.ts'
import { json } from './testing/json.ts'

let server: AnsweringServer | undefined
afterEach(() => server?.stop())

async function startServer(answer: (response: ServerResponse) => void): Promise<AnsweringServer> {
  server = await startAnsweringServer(answer)
  return server
}

test('answers with the data, and sends the operation, the token and the given headers', async () => {
  const me = { id: 'user_1', email: 'anna@example.com', name: null }
  const { url, seen } = await startServer(json(200, { data: { me } }))
  const client = createApiClient({ url, token: 'secret-token', headers: { 'x-request-id': 'r1' } })

  expect(await client.request(MeDocument)).toEqual({ me })
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret-token', 'x-request-id': 'r1' })
  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ query: MeDocument.toString() })
})

test('sends an operation of ours by its hash where it is told to, and its text after it where that is not known', async () => {
  const known = new Set<string>()
  const me = { id: 'user_1', email: 'anna@example.com', name: null }
  const refusal = { errors: [{ message: 'Unknown.', extensions: { code: 'UNKNOWN_DOCUMENT' } }] }
  const { url, seen } = await startServer((response) => {
    const { documentId } = JSON.parse(seen.at(-1)?.body ?? '') as { documentId?: string }
    const isKnown = documentId === undefined || known.has(documentId)
    json(isKnown ? 200 : 400, isKnown ? { data: { me } } : refusal)(response)
  })
  const client = createApiClient({ url, sendsHashes: true })
  const bodies = () => seen.splice(0).map(({ body }) => JSON.parse(body) as unknown)

  expect(await client.request(MeDocument)).toEqual({ me })
  const documentId = MeDocument.__meta__?.['hash'] as string
  expect(documentId).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(bodies()).toEqual([{ documentId }, { query: MeDocument.toString() }])
  known.add(documentId)
  expect(await client.request(MeDocument)).toEqual({ me })
  expect(bodies()).toEqual([{ documentId }])
})

test('an error of an operation that was sent by its hash is told, and nothing is sent again', async () => {
  const { url, seen } = await startServer(
    json(429, { errors: [{ message: 'Slow down.', extensions: { code: 'RATE_LIMITED' } }] }),
  )
  await expect(
    createApiClient({ url, sendsHashes: true, retryForMs: 0 }).request(MeDocument),
  ).rejects.toThrow('Slow down.')
  expect(seen).toHaveLength(1)
})

test('sends what a person typed as variables, never as text of the operation', async () => {
  const { url, seen } = await startServer(json(200, { data: { signIn: { userErrors: [] } } }))
  const input = { email: '"} { me { id } }', password: 'a\\"b' }
  await createApiClient({ url }).request(SignInDocument, { input })

  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ query: SignInDocument.toString(), variables: { input } })
  expect(seen[0]?.headers.authorization).toBeUndefined()
})

test('a refusal tells its code, status, request id and how long to wait', async () => {
  const refusal = {
    errors: [{ message: 'Slow down.', extensions: { code: 'RATE_LIMITED', requestId: 'r2' } }],
  }
  const { url } = await startServer(json(429, refusal, { 'retry-after': '30' }))

  const error = await createApiClient({ url, retryForMs: 0 })
    .request(MeDocument)
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    message: 'Slow down.',
    code: 'RATE_LIMITED',
    status: 429,
    requestId: 'r2',
    retryAfterSeconds: 30,
  })
})

test('an error beside partial data is an error: nobody works with half an answer unawares', async () => {
  const { url } = await startServer(
    json(200, { data: { me: null }, errors: [{ message: 'x', extensions: { code: 'TIMEOUT' } }] }),
  )
  await expect(createApiClient({ url }).request(MeDocument)).rejects.toMatchObject({ code: 'TIMEOUT' })
})

test('nobody listening, a proxy page, an empty body and a redirect all count as unreachable', async () => {
  const closed = await startServer(json(200, {}))
  await server?.stop()
  await expect(createApiClient({ url: closed.url, retryForMs: 0 }).request(MeDocument)).rejects.toThrow(
    ApiUnreachableError,
  )

  const answers: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    (response) => response.writeHead(200).end(),
    (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    (response) => response.destroy(),
  ]
  for (const answer of answers) {
    const { url } = await startServer(answer)
    await expect(createApiClient({ url, token: 't', retryForMs: 0 }).request(MeDocument)).rejects.toThrow(
      ApiUnreachableError,
    )
    await server?.stop()
  }
})

test('an answer that does not come in time counts as unreachable', async () => {
  const { url } = await startServer(() => undefined)
  await expect(createApiClient({ url, timeoutMs: 50, retryForMs: 0 }).request(MeDocument)).rejects.toThrow(
    ApiUnreachableError,
  )
})

test('no error repeats the token or what was typed', async () => {
  const { url } = await startServer((response) => response.writeHead(500).end('secret-token in a crash page'))
  const input = { email: 'anna@example.com', password: 'my-long-password' }
  const error = await createApiClient({ url, token: 'secret-token' })
    .request(SignInDocument, { input })
    .catch((caught: unknown) => caught as Error)
  expect(JSON.stringify({ ...(error as Error), message: (error as Error).message })).not.toMatch(
    /secret|my-long/,
  )
})
