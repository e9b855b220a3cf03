import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCollector, type CollectedSpan, type Collector } from '@wellness/embedded/collector'
import { findFreePort } from '@wellness/embedded/freePort'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isolatedEnv } from './testing/isolatedEnv.ts'
import { runNpm, type NpmRun } from './testing/runNpm.ts'

const TOKEN = 'a token that only Prometheus has'
const PASSWORD = 'a quiet morning by the sea'
const EMAIL = 'anna@example.com'

const folder = mkdtempSync(join(tmpdir(), 'wellness-operating-'))
const dataDir = join(folder, 'data')
const backup = join(folder, 'wellness.backup.gz')
let collector: Collector
let env: NodeJS.ProcessEnv
let product: NpmRun
let urls: Record<'web' | 'api' | 'worker' | 'mailbox', string>
/** The id of the request by which Anna asked to sign up. */
let requestId: string
let login: string

async function start(): Promise<void> {
  product = runNpm('start', env)
  await product.waitFor('Ctrl-C')
}

async function stop(): Promise<void> {
  product.signal('SIGTERM')
  await product.ended
}

beforeAll(async () => {
  collector = await startCollector()
  env = {
    ...(await isolatedEnv(dataDir)),
    WORKER_PORT: String(await findFreePort()),
    METRICS_TOKEN: TOKEN,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  }
  const at = (port: string | undefined) => `http://127.0.0.1:${port}`
  urls = {
    web: `http://localhost:${env.WEB_PORT}`,
    api: at(env.API_PORT),
    worker: at(env.WORKER_PORT),
    mailbox: at(env.MAILBOX_PORT),
  }
  await start()
  await signUp()
}, 120_000)

afterAll(async () => {
  await stop()
  await collector.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function run(script: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const command = runNpm(script, env, args)
  return { code: await command.ended, output: command.output() }
}

async function graphql<Data>(
  query: string,
  input: object,
  token?: string,
): Promise<{ status: number; data: Data }> {
  const response = await fetch(`${urls.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data } = (await response.json()) as { data: Data }
  return { status: response.status, data }
}

/** Asks for the link as a person does, by the form of the page. */
async function signUp(): Promise<void> {
  const answer = await fetch(`${urls.web}/sign-up`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: urls.web,
    },
    body: new URLSearchParams({ email: EMAIL }).toString(),
  })
  expect(answer.status).toBe(302)
  requestId = answer.headers.get('x-request-id') ?? ''
  const link = await vi.waitFor(
    async () => {
      const mails = (await (await fetch(`${urls.mailbox}/messages.json`)).json()) as { links: string[] }[]
      return new URL(mails[0]?.links[0] ?? '')
    },
    { timeout: 15_000 },
  )
  const { data } = await graphql<{ completeSignUp: { token: string } }>(
    'mutation ($input: CompleteSignUpInput!) { completeSignUp(input: $input) { token } }',
    { token: link.searchParams.get('token'), password: PASSWORD, name: 'Anna' },
  )
  login = data.completeSignUp.token
}

async function signIn(): Promise<string | null> {
  const { data } = await graphql<{ signIn: { token: string | null } }>(
    'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
    { email: EMAIL, password: PASSWORD },
  )
  return data.signIn.token
}

const statusOfLogin = async () => {
  const response = await fetch(`${urls.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${login}` },
    body: '{"query":"{ me { id } }"}',
  })
  return response.status
}

async function metricsOf(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`)
  expect(response.status).toBe(200)
  return response.text()
}

test('every process of the product tells of itself', async () => {
  const [web, api, worker] = await Promise.all([urls.web, urls.api, urls.worker].map(metricsOf))
  expect(web).toMatch(/^wellness_requests_total\{operation="\/sign-up",outcome="3xx"\} 1$/m)
  expect(web).toMatch(/^process_resident_memory_bytes [1-9]\d+$/m)
  expect(api).toMatch(/^wellness_requests_total\{operation="requestSignUp",outcome="OK"\} 1$/m)
  expect(api).toMatch(/^wellness_request_duration_seconds_count\{operation="completeSignUp"\} 1$/m)
  expect(worker).toMatch(/^wellness_job_tries_total\{job="sendSignUpMail",outcome="done"\} 1$/m)
  for (const text of [api, worker]) {
    for (const work of ['session_sweep', 'session_checkpoint', 'identity_purge', 'job_tending']) {
      expect(text).toMatch(
        new RegExp(`^wellness_repeated_work_age_seconds\\{work="${work}"\\} [\\d.]+$`, 'm'),
      )
    }
  }
  const health = await fetch(`${urls.worker}/health/ready`)
  expect(await health.json()).toMatchObject({ status: 'ready', services: { postgres: 'ok', redis: 'ok' } })
})

/** The web app is what a proxy stands in front of, on the same machine as often as not. */
test('to who comes through a proxy, the web app’s metrics are a page that does not exist; the token opens them', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' }
  const stranger = await fetch(`${urls.web}/metrics`, { headers: forwarded })
  expect(stranger.status).toBe(404)
  expect(stranger.headers.get('content-type')).toContain('text/html')
  expect(await stranger.text()).not.toContain('wellness_')
  const prometheus = await fetch(`${urls.web}/metrics`, {
    headers: { ...forwarded, authorization: `Bearer ${TOKEN}` },
  })
  expect(prometheus.status).toBe(200)
})

test('the operator’s commands work on the product as it runs', async () => {
  expect(await statusOfLogin()).toBe(200)
  const disabled = await run('operator', 'disable-user', EMAIL)
  expect(disabled).toMatchObject({ code: 0, output: expect.stringContaining('is disabled') as string })
  expect(await statusOfLogin()).toBe(401)
  expect(await run('operator', 'enable-user', EMAIL)).toMatchObject({ code: 0 })
  login = (await signIn()) ?? ''
  expect(await statusOfLogin()).toBe(200)
  expect(await run('operator', 'end-logins', EMAIL)).toMatchObject({ code: 0 })
  expect(await statusOfLogin()).toBe(401)
  expect(await run('operator', 'end-logins', 'nobody@example.com')).toEqual({
    code: 1,
    output: 'There is no user with the address nobody@example.com.\n',
  })
})

test('a back-up is made as the product runs, for its owner alone, and never over another', async () => {
  expect(await run('db:backup', backup)).toMatchObject({ code: 0 })
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  const before = readFileSync(backup)
  expect(await run('db:backup', backup)).toMatchObject({ code: 1 })
  expect(readFileSync(backup)).toEqual(before)
  expect((await run('db:restore', backup)).output).toContain('stop it first')
})

test('one request id leads from the web app’s log over the API’s to the worker’s, and one trace through all three', async () => {
  await stop()
  const trail = ['web', 'api', 'worker'].map((name) =>
    readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((record) => record.requestId === requestId)
      .map(({ msg, path, route, job }) => [msg, path ?? route ?? job].filter(Boolean).join(' ')),
  )
  expect(trail).toEqual([
    ['answered /sign-up'],
    ['request /graphql'],
    ['sign-up mail sent sendSignUpMail', 'job done sendSignUpMail'],
  ])

  const spans = collector.spans()
  const page = spans.find(({ attributes, service }) => {
    return service === 'wellness-web' && attributes['wellness.request_id'] === requestId
  })
  expect(page?.name).toBe('POST /sign-up')
  const trace = spans.filter(({ traceId }) => traceId === page?.traceId)
  const paths = trace.map((span) => pathOf(span, trace).join(' > '))
  const operation = 'wellness-web POST /sign-up > wellness-api graphql requestSignUp'
  for (const path of [
    `${operation} > wellness-api redis rlflxIncr`,
    `${operation} > wellness-api postgresql select graphile_worker`,
    `${operation} > wellness-worker job sendSignUpMail > wellness-worker postgresql insert one_time_tokens`,
  ]) {
    expect(paths).toContain(path)
  }
  for (const secret of [EMAIL, login, PASSWORD]) expect(collector.raw()).not.toContain(secret)
})

function pathOf(span: CollectedSpan, spans: CollectedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return [...(parent ? pathOf(parent, spans) : []), `${span.service} ${span.name}`]
}

test('a back-up brings people back into a database that was emptied', async () => {
  expect(await run('db:reset')).toMatchObject({ code: 0 })
  const damaged = join(folder, 'damaged.gz')
  writeFileSync(damaged, readFileSync(backup).subarray(0, -30))
  expect(await run('db:restore', damaged)).toMatchObject({
    code: 1,
    output: expect.stringContaining('Nothing was restored') as string,
  })
  expect(await run('db:restore', backup)).toMatchObject({
    code: 0,
    output: expect.stringContaining('Restored the back-up of') as string,
  })
  expect(await run('db:restore', backup)).toMatchObject({
    code: 1,
    output: expect.stringContaining('The database is not empty') as string,
  })
  expect((await run('db:backup', join(folder, 'missing', 'file.gz'))).code).toBe(1)
  expect(existsSync(join(folder, 'missing'))).toBe(false)
  await start()
  expect(await signIn()).toMatch(/.{43}/)
})
