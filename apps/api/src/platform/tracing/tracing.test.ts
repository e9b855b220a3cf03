import { startCollector, type Collector, type CollectedSpan } from '@wellness/embedded/collector'
import { TRACEPARENT_HEADER, WEB_API_SECRET_HEADER } from '@wellness/domain/webHeaders'
import { activeSpan } from '@wellness/telemetry/activeSpan'
import { startTracing } from '@wellness/telemetry/startTracing'
import { afterEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { setPassword } from '../../testing/setPassword.ts'
import { signIn } from '../../testing/signIn.ts'

const TRACE = 'ab'.repeat(16)
const PAGE_SPAN = 'cd'.repeat(8)
const PASSWORD = 'a quiet morning by the sea'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function startTraced(): Promise<{
  api: TestApi
  collector: Collector
  /** All spans, once API and worker have sent what they had. */
  finish(): Promise<CollectedSpan[]>
}> {
  const collector = await startCollector()
  cleanUps.push(() => collector.stop())
  const tracingOf = (service: string) => startTracing({ endpoint: collector.url, ratio: 1, service })
  const api = await createTestApi({
    tracing: await tracingOf('api'),
    workerTracing: await tracingOf('worker'),
  })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= api.close())
  cleanUps.push(close)
  return {
    api,
    collector,
    async finish() {
      await close()
      return collector.spans()
    },
  }
}

const fromWeb = (api: TestApi, flags = '01') => ({
  [WEB_API_SECRET_HEADER]: api.env.WEB_API_SECRET,
  [TRACEPARENT_HEADER]: `00-${TRACE}-${PAGE_SPAN}-${flags}`,
})

/** What a span is part of, from the outermost in. */
function pathOf(span: CollectedSpan, spans: CollectedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return [...(parent ? pathOf(parent, spans) : []), `${span.service}: ${span.name}`]
}

test('a page’s trace leads through the API’s operation to PostgreSQL and Redis, and through the queue to the job', async () => {
  const { api, finish } = await startTraced()
  await requestSignUp(api, 'anna@example.com', fromWeb(api))
  await api.worker.runDueJobs()
  const spans = await finish()
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]))
  expect(spans.find(({ name }) => name === 'graphql requestSignUp')).toMatchObject({
    parentSpanId: PAGE_SPAN,
    failed: false,
    attributes: {
      'wellness.outcome': 'OK',
      'wellness.request_id': expect.stringMatching(/.{8}/) as string,
      'http.response.status_code': 200,
    },
  })
  const paths = spans.map((span) => pathOf(span, spans).join(' > '))
  const operation = 'api: graphql requestSignUp'
  const job = `${operation} > worker: job sendSignUpMail`
  for (const path of [
    `${operation} > api: redis rlflxIncr`,
    `${operation} > api: postgresql select graphile_worker`,
    job,
    `${job} > worker: postgresql select users`,
    `${job} > worker: postgresql begin`,
    `${job} > worker: postgresql insert one_time_tokens`,
    `${job} > worker: redis rlflxIncr`,
  ]) {
    expect(paths).toContain(path)
  }
})

test('requests side by side keep their spans apart', async () => {
  const { api, finish } = await startTraced()
  const users = await Promise.all(Array.from({ length: 8 }, () => createUser(api)))
  await Promise.all(
    users.map(({ token }) =>
      api.request('mutation { startSession(input: {}) { session { id } } }', {}, { token }),
    ),
  )
  const spans = await finish()
  const operations = spans.filter(({ name }) => name === 'graphql startSession')
  expect(new Set(operations.map(({ traceId }) => traceId)).size).toBe(8)
  for (const { spanId, traceId } of operations) {
    const inside = spans.filter(({ parentSpanId }) => parentSpanId === spanId)
    expect(inside.every((span) => span.traceId === traceId)).toBe(true)
    expect(inside.filter(({ name }) => name === 'postgresql select logins')).toHaveLength(1)
    expect(inside.filter(({ name }) => name === 'postgresql insert session_metadata')).toHaveLength(1)
    expect(inside.filter(({ name }) => name.startsWith('redis '))).not.toEqual([])
  }
})

test('what fails is marked so', async () => {
  const { api, finish } = await startTraced()
  await api.sql('alter table logins rename to away')
  const { status } = await api.request('{ me { id } }', {}, { token: 'a'.repeat(43) })
  await api.sql('alter table away rename to logins')
  expect(status).toBe(500)
  const spans = await finish()
  const failed = spans.filter((span) => span.failed).map(({ name }) => name)
  expect(failed.toSorted()).toEqual(['graphql', 'postgresql select logins'])
})

test('a statement through the pool is marked by how it ended, too', async () => {
  const { api, finish } = await startTraced()
  const { tracing, statements } = api.app.services
  const span = tracing?.startSpan('test', { kind: 'server' })
  await activeSpan.run(span!, async () => {
    await statements.run('select 1 from users', [])
    await expect(statements.run('select nonsense from logins', [])).rejects.toThrow('nonsense')
  })
  span?.end()
  const ends = (await finish()).map(({ name, failed }) => [name, failed])
  expect(ends).toContainEqual(['postgresql select users', false])
  expect(ends).toContainEqual(['postgresql select logins', true])
})

/**
 * Attack: a stranger joins requests to traces of others, or has every request of theirs recorded where few are.
 */
test('nobody but the web app says which trace a request belongs to', async () => {
  const { api, finish } = await startTraced()
  const { [WEB_API_SECRET_HEADER]: _secret, ...foreign } = fromWeb(api)
  await api.request('{ me { id } }', {}, { headers: foreign })
  await api.request('{ me { id } }', {}, { headers: { ...foreign, [WEB_API_SECRET_HEADER]: 'a guess' } })
  await api.request('{ me { id } }', {}, { headers: { ...fromWeb(api), [TRACEPARENT_HEADER]: 'nonsense' } })
  const spans = await finish()
  expect(spans.filter(({ name }) => name === 'graphql me')).toHaveLength(3)
  for (const { traceId, parentSpanId } of spans) {
    expect(traceId).not.toBe(TRACE)
    expect(parentSpanId).not.toBe(PAGE_SPAN)
  }
})

test('a trace that the web app does not keep is not kept by the API either', async () => {
  const { api, finish } = await startTraced()
  await requestSignUp(api, 'anna@example.com', fromWeb(api, '00'))
  await api.worker.runDueJobs()
  expect(await finish()).toEqual([])
})

/** Traces lie at somebody else's, and are read by many: a name, a token or a statement's values have no place there. */
test('no address, token, password, id of a login or value of a statement is in any trace', async () => {
  const { api, collector, finish } = await startTraced()
  const { email, token, userId } = await createUser(api, { name: 'Quiet Lamp' })
  await setPassword(api, { email, password: PASSWORD })
  await requestSignUp(api, 'lamp@example.com', { ...fromWeb(api), 'user-agent': 'LampBrowser' })
  await api.worker.runDueJobs()
  const link = new URL(api.mailbox.messages()[0]?.links[0] ?? '').searchParams.get('token') ?? ''
  const signedIn = await signIn(api, { email, password: PASSWORD, clientAddress: '203.0.113.7' })
  await signIn(api, { email, password: 'wrong lamp wrong' })
  await api.request(
    'mutation LampName ($input: CompleteSignUpInput!) { completeSignUp(input: $input) { token } }',
    { input: { token: link, password: PASSWORD, name: 'from users lamp' } },
    { token },
  )
  const own = { token: signedIn.data.signIn.token }
  const session = await api.request<{ startSession: { session: { id: string } } }>(
    'mutation { startSession(input: {}) { session { id } } }',
    {},
    own,
  )
  await api.request('{ me { lamp: id sessions(first: 3) { edges { cursor } } } }', {}, own)
  await finish()
  const sent = collector.raw()
  expect(collector.spans().length).toBeGreaterThan(20)
  for (const secret of [
    ...[email, token, userId, link, PASSWORD, 'lamp', 'Lamp', '203.0.113.7', '127.0.0.1', '@'],
    ...[signedIn.data.signIn.token ?? '', session.data.startSession.session.id, api.env.WEB_API_SECRET],
    ...api.env.AUTH_SECRET,
    ...['password_hash', 'values (', '$1', 'session:{', 'throttle:'],
  ]) {
    expect(secret).not.toBe('')
    expect(sent.includes(secret), secret).toBe(false)
  }
  const keys = new Set(collector.spans().flatMap(({ attributes }) => Object.keys(attributes)))
  expect([...keys].toSorted()).toEqual([
    'db.system.name',
    'http.response.status_code',
    'wellness.attempt',
    'wellness.outcome',
    'wellness.request_id',
  ])
})

test('a collector that is away costs nothing but the spans', async () => {
  const tracing = await startTracing({ endpoint: 'http://127.0.0.1:1', ratio: 1, service: 'api' })
  const api = await createTestApi({ tracing })
  expect((await api.request('{ me { id } }')).status).toBe(200)
  const start = performance.now()
  await api.close()
  expect(performance.now() - start).toBeLessThan(8_000)
})
