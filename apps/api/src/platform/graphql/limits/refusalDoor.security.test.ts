import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { SECOND } from '@wellness/domain/time'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { opaqueToken } from '../../crypto/opaqueToken.ts'
import { createApiKey, type TestApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { startSibling } from '../../../testing/startSibling.ts'
import { useUpPoints } from '../../../testing/useUpPoints.ts'
import { bucketLimits, HELD_BY_ONE_MAX, PROMPT_REFUSALS_MAX } from './costLimits.ts'

let api: TestApi
let user: TestUser
let greedy: TestApiKey
const lines = new Set<Line>()
beforeAll(async () => {
  api = await createTestApi({ env: { RATE_LIMIT_FACTOR: '1' } })
})
afterAll(() => api.close())
beforeEach(async () => {
  user = await createUser(api)
  greedy = await createApiKey(api, user)
})
afterEach(async () => {
  vi.useRealTimers()
  api.clock.advance(1_000 * SECOND)
  for (const line of lines) line.hangUp()
  await expect.poll(heldCount).toBe(0)
})

const ME = '{ me { id } }'
/** As pino counts levels. */
const DEBUG = 20
const BODY = JSON.stringify({ query: ME })

/** A connection that is kept, and on which the next request is sent whether or not it should wait. */
class Line {
  readonly #socket: Socket
  #received = ''

  constructor({ url }: TestApi) {
    const { hostname, port } = new URL(url)
    this.#socket = connect(Number(port), hostname)
    this.#socket.setEncoding('utf8').on('data', (chunk: string) => (this.#received += chunk))
    this.#socket.on('error', () => undefined)
    lines.add(this)
  }

  /** Sends a request, without its body unless told. */
  send({ token, body = '' }: { token?: string; body?: string }): void {
    const authorization = token ? [`authorization: Bearer ${token}`] : []
    const head = ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', ...authorization]
    this.#socket.write(`${[...head, `content-length: ${(body || BODY).length}`].join('\r\n')}\r\n\r\n${body}`)
  }

  /** What came, as soon as it is a whole answer. */
  async answer(): Promise<{ status: number; text: string }> {
    for (;;) {
      const [head = '', body] = this.#received.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/.exec(head)?.[1])
      if (body !== undefined && body.length >= length) {
        this.#received = ''
        return { status: Number(head.split(' ')[1]), text: `${head}\n${body}` }
      }
      await once(this.#socket, 'data')
    }
  }

  get hasAnswer(): boolean {
    return this.#received !== ''
  }

  hangUp(): void {
    lines.delete(this)
    this.#socket.destroy()
  }
}

async function ask(by: { token?: string }, body?: string): Promise<{ status: number; text: string }> {
  const line = new Line(api)
  line.send({ ...by, ...(body !== undefined && { body }) })
  const answer = await line.answer()
  line.hangUp()
  return answer
}

async function heldCount(): Promise<number> {
  const metrics = await (await fetch(`${api.url}/metrics`)).text()
  return Number(/^wellness_requests_held (\d+)$/m.exec(metrics)?.[1])
}

/** Leaves a key without points, which has asked in vain as often as is answered at once. */
async function exhaust(): Promise<void> {
  await useUpPoints(api, bucketLimits.apiKey.points, greedy)
  for (let i = 0; i < 1 + PROMPT_REFUSALS_MAX; i += 1) expect((await ask(greedy, BODY)).status).toBe(429)
}

/** Attack: a client that does not heed Retry-After, so that its refusals keep everybody busy. */
test('whoever asks before their time is told again without PostgreSQL, Redis, or their body', async () => {
  await useUpPoints(api, bucketLimits.apiKey.points, greedy)
  const first = await api.request(ME, {}, greedy)
  expect(first.status).toBe(429)
  const sent = vi.spyOn(api.app.services.redis, 'sendCommand')
  api.statements.length = 0
  for (let i = 0; i < PROMPT_REFUSALS_MAX; i += 1) {
    const { status, text } = await ask(greedy)
    expect(status).toBe(429)
    expect(text).toMatch(/^retry-after: 1$/m)
    for (const name of ['limit', 'remaining', 'used', 'reset'])
      expect(text).toContain(`x-ratelimit-${name}: ${first.headers.get(`x-ratelimit-${name}`)}`)
    const { errors, extensions } = JSON.parse(text.slice(text.indexOf('{'))) as typeof first
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
    expect(text).toContain(`x-request-id: ${errors?.[0]?.extensions['requestId'] as string}`)
    expect(extensions.cost).toEqual({ ...first.extensions.cost, requested: 0, used: 0 })
  }
  expect([api.statements.length, sent.mock.calls.length]).toEqual([0, 0])
  sent.mockRestore()
})

test('who goes on is held, one request a connection, until the wait is over; others are served meanwhile', async () => {
  const quiet = await createApiKey(api, user)
  await exhaust()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const held = Array.from({ length: 8 }, () => new Line(api))
  for (const line of held) line.send({ ...greedy, body: BODY })
  await expect.poll(heldCount).toBe(8)
  for (let i = 0; i < 3; i += 1) expect((await ask(quiet, BODY)).status).toBe(200)
  expect(held.map(({ hasAnswer }) => hasAnswer)).toEqual(held.map(() => false))
  api.clock.advance(SECOND)
  vi.advanceTimersByTime(SECOND)
  // By then there are points again.
  for (const line of held) expect((await line.answer()).status).toBe(200)
})

test('so many are held of one; those beyond are told at once, and hung up on', async () => {
  await exhaust()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let i = 0; i < HELD_BY_ONE_MAX; i += 1) new Line(api).send({ ...greedy, body: BODY })
  await expect.poll(heldCount).toBe(HELD_BY_ONE_MAX)
  const { status, text } = await ask(greedy)
  expect([status, /^connection: close$/im.test(text)]).toEqual([429, true])
  expect(await heldCount()).toBe(HELD_BY_ONE_MAX)
  // Whoever goes makes room.
  for (const line of [...lines].slice(0, 10)) line.hangUp()
  await expect.poll(heldCount).toBe(HELD_BY_ONE_MAX - 10)
})

test('what costs more than is left is held, too; what costs less is served after it', async () => {
  const dear = JSON.stringify({ query: '{ me { sessions(first: 100) { pageInfo { endCursor } } } }' })
  await ask(await createApiKey(api, user), dear)
  await useUpPoints(api, bucketLimits.apiKey.points - 50, greedy)
  for (let i = 0; i < 1 + PROMPT_REFUSALS_MAX; i += 1) expect((await ask(greedy, dear)).status).toBe(429)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const line = new Line(api)
  line.send({ ...greedy, body: BODY })
  await expect.poll(heldCount).toBe(1)
  vi.advanceTimersByTime(SECOND)
  expect((await line.answer()).status).toBe(200)
})

/** Attack: what is refused before it is read would cost nothing, however much of it there is. */
test.each([
  ['no JSON', '{', 400],
  ['no GraphQL request', '{"query":5}', 400],
  ['more than is taken', `"${'x'.repeat(120_000)}"`, 413],
])('what cannot be read is paid for: %s', async (_what, body, status) => {
  await useUpPoints(api, bucketLimits.apiKey.points - 3, greedy)
  for (let i = 0; i < 3; i += 1) expect((await ask(greedy, body)).status).toBe(status)
  await expect.poll(async () => (await ask(greedy, body)).status).toBe(429)
  expect((await ask(await createApiKey(api, user), BODY)).status).toBe(200)
})

test('our web app is never held: its requests are those of many', async () => {
  await useUpPoints(api, bucketLimits.login.points, user)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const headers = { 'x-web-api-secret': api.env.WEB_API_SECRET, 'x-client-address': '192.0.2.1' }
  for (let i = 0; i < 3 * PROMPT_REFUSALS_MAX; i += 1)
    expect((await api.request(ME, {}, { token: user.token, headers })).status).toBe(429)
  expect(await heldCount()).toBe(0)
})

/** Attack: a script has its key's requests sent by a page of the web app, which is never held. */
test('a key that our web app brings is held like any other', async () => {
  await exhaust()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const headers = { 'x-web-api-secret': api.env.WEB_API_SECRET, 'x-client-address': '192.0.2.1' }
  const answer = api.request(ME, {}, { ...greedy, headers })
  await expect.poll(heldCount).toBe(1)
  api.clock.advance(SECOND)
  vi.advanceTimersByTime(SECOND)
  expect((await answer).status).toBe(200)
})

/** Attack: beyond those that are held, each made-up credential has its body read, and a line in the log. */
test('beyond those that are held an unknown credential is hung up on unread and unlogged; a known one is served', async () => {
  const elsewhere = await startSibling(api)
  await elsewhere.request(ME, {}, greedy)
  await elsewhere.close()
  await useUpPoints(api, bucketLimits.address.points, {})
  for (let i = 0; i < 1 + PROMPT_REFUSALS_MAX; i += 1) expect((await ask({}, BODY)).status).toBe(429)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let i = 0; i < HELD_BY_ONE_MAX; i += 1) new Line(api).send({ body: BODY })
  await expect.poll(heldCount).toBe(HELD_BY_ONE_MAX)
  const earlier = api.logLines.length
  api.statements.length = 0
  for (let i = 0; i < 3; i += 1) {
    const { status, text } = await ask({ token: opaqueToken.make().token })
    expect([status, /^connection: close$/im.test(text)]).toEqual([429, true])
  }
  expect(api.statements).toEqual([])
  const told = api.logLines.slice(earlier).filter((text) => text.includes('"status":429'))
  expect(told.filter((text) => !text.includes(`"level":${DEBUG}`))).toEqual([])
  expect((await ask(greedy, BODY)).status).toBe(200)
})

/** Attack: a stranger has everybody at their address refused. */
test('who has a credential is not told what others were told at the same address, and may be held there once', async () => {
  const elsewhere = await startSibling(api)
  await elsewhere.request(ME, {}, greedy)
  await elsewhere.close()
  await useUpPoints(api, bucketLimits.address.points, {})
  for (let i = 0; i < 1 + PROMPT_REFUSALS_MAX; i += 1) expect((await ask({}, BODY)).status).toBe(429)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const line = new Line(api)
  line.send({ ...greedy, body: BODY })
  await expect.poll(heldCount).toBe(1)
  vi.advanceTimersByTime(SECOND)
  expect((await line.answer()).status).toBe(200)
  for (let i = 0; i < 3; i += 1) expect((await ask(greedy, BODY)).status).toBe(200)
})

test('a server that closes lets in all that are held, and waits for none of them', async () => {
  const closing = await startSibling(api)
  await useUpPoints(api, bucketLimits.apiKey.points, greedy)
  for (let i = 0; i < 1 + PROMPT_REFUSALS_MAX; i += 1)
    expect((await closing.request(ME, {}, greedy)).status).toBe(429)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const held = Array.from({ length: 3 }, () => new Line(closing))
  for (const line of held) line.send({ ...greedy, body: BODY })
  await expect.poll(() => closing.app.server.runningRequests.count).toBe(3)
  await Promise.all([
    closing.close(),
    ...held.map(async (line) => expect((await line.answer()).status).toBe(429)),
  ])
})

test('whoever hangs up in the midst is not waited for', async () => {
  await exhaust()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const line = new Line(api)
  // Two in a row: the second stands behind the answer to the first.
  line.send({ ...greedy, body: BODY })
  line.send({ ...greedy, body: BODY })
  await expect.poll(heldCount).toBe(2)
  line.hangUp()
  await expect.poll(heldCount).toBe(0)
  await expect.poll(() => api.app.server.runningRequests.count).toBe(0)
})

test('of what is told again the log says nothing', async () => {
  await useUpPoints(api, bucketLimits.apiKey.points, greedy)
  await api.request(ME, {}, greedy)
  const earlier = api.logLines.length
  for (let i = 0; i < PROMPT_REFUSALS_MAX; i += 1) await ask(greedy)
  const told = api.logLines.slice(earlier).filter((text) => text.includes('"status":429'))
  expect(told.filter((text) => !text.includes(`"level":${DEBUG}`))).toEqual([])
})
