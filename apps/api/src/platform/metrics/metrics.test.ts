import { MINUTE, SECOND } from '@wellness/domain/time'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { requestSignUp } from '../../testing/requestSignUp.ts'
import { signIn } from '../../testing/signIn.ts'

let api: TestApi
let workerUrl: string
beforeAll(async () => {
  api = await createTestApi({ env: { METRICS_TOKEN: 'a token that only Prometheus has' } })
  workerUrl = await api.worker.server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => api.close())

async function read(url = api.url): Promise<string> {
  const response = await fetch(`${url}/metrics`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/plain')
  return response.text()
}

/** The value of a series, named as Prometheus writes it; null where there is none. */
function valueOf(text: string, series: string): number | null {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? null : Number(line.slice(series.length + 1))
}

const requests = (operation: string, outcome: string) =>
  `wellness_requests_total{operation="${operation}",outcome="${outcome}"}`

test('requests are counted by what they asked for and what became of them, with the time they took', async () => {
  const { token } = await createUser(api)
  const before = await read()
  const grown = async (series: string) =>
    (valueOf(await read(), series) ?? 0) - (valueOf(before, series) ?? 0)
  await api.request('query Name { me { id } }', {}, { token })
  await api.request('{ me { id } }', {}, { token })
  await api.request('{ me { id } }', {}, { token: 'a'.repeat(43) })
  await api.request('{ __typename me { id } }', {}, { token })
  await api.request('{ nonsense }')
  await fetch(`${api.url}/nowhere`)
  expect(await grown(requests('me', 'OK'))).toBe(2)
  expect(await grown(requests('unreadable', 'UNAUTHENTICATED'))).toBe(1)
  expect(await grown(requests('several', 'OK'))).toBe(1)
  expect(await grown(requests('unreadable', 'GRAPHQL_VALIDATION_FAILED'))).toBe(1)
  expect(await grown(requests('unknown address', 'NOT_FOUND'))).toBe(1)
  expect(await grown('wellness_request_duration_seconds_count{operation="me"}')).toBe(2)
  expect(await grown('wellness_request_duration_seconds_bucket{le="10",operation="me"}')).toBe(2)
})

/**
 * Attack: every request brings a name that was never seen before. Each label value is kept for ever, so memory would
 * fill, and Prometheus with it.
 */
test('a client’s names for operations, addresses, fields and codes make no new series', async () => {
  const labels = async () => {
    const text = await read()
    return new Set(text.match(/operation="[^"]*"|outcome="[^"]*"/g))
  }
  const made = 'MadeUpByAStranger'
  await api.request('{ me { id } }')
  await api.request('{ nonsense }')
  await fetch(`${api.url}/nowhere`)
  await api.request('{ __typename me { id } }')
  const before = await labels()
  await api.request(`query ${made} { me { id } }`)
  await api.request(`query { ${made}: me { id } }`)
  await api.request(`query { ${made} }`)
  await api.request(`query { ...${made} } fragment ${made} on Query { me { id } }`)
  await api.request(`query A { me { id } } query ${made} { me { id } }`)
  await fetch(`${api.url}/${made}`)
  await fetch(`${api.url}/${made}`, { method: 'POST' })
  const after = await labels()
  expect([...after].filter((label) => label.includes(made))).toEqual([])
  expect(after.size - before.size).toBeLessThanOrEqual(1)
})

test('API and worker both tell of their memory, event loop, stores, job queue, live sessions and password threads', async () => {
  for (const text of [await read(), await read(workerUrl)]) {
    for (const series of [
      'process_resident_memory_bytes',
      'nodejs_heap_size_used_bytes',
      'process_cpu_seconds_total',
      'wellness_postgres_connections_max',
      'wellness_password_hashes_waiting_max',
    ]) {
      expect(valueOf(text, series), series).toBeGreaterThan(0)
    }
    for (const series of [
      'nodejs_eventloop_lag_seconds{quantile="0.99"}',
      'nodejs_eventloop_lag_max_seconds',
      'wellness_postgres_latency_seconds',
      'wellness_postgres_connections{state="used"}',
      'wellness_postgres_connections{state="waited_for"}',
      'wellness_redis_latency_seconds',
      'wellness_password_hashes_waiting',
      'wellness_jobs{state="failed"}',
      'wellness_sessions_live',
    ]) {
      expect(valueOf(text, series), series).toBeGreaterThanOrEqual(0)
    }
    expect(valueOf(text, 'wellness_postgres_up')).toBe(1)
    expect(valueOf(text, 'wellness_redis_up')).toBe(1)
  }
})

test('the event loop’s lag is seen when it stands still, and forgotten after it was told', async () => {
  await read()
  // The loop's own timer has to come round once before a delay can be told from it.
  await delay(50)
  const until = performance.now() + 200
  while (performance.now() < until);
  const stalled = valueOf(await read(), 'nodejs_eventloop_lag_max_seconds')
  expect(stalled).toBeGreaterThan(0.15)
  expect(valueOf(await read(), 'nodejs_eventloop_lag_max_seconds')).toBeLessThan(0.15)
})

test('the job queue is told by state, with the age of the oldest job that is ready', async () => {
  await api.worker.runDueJobs()
  await api.sql('select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))')
  for (const name of ['one', 'two', 'three', 'four']) await requestSignUp(api, `${name}@example.com`)
  const jobs = await api.sql<{ id: string }>('select id from graphile_worker.jobs order by id')
  const change = (index: number, set: string) =>
    api.sql(`update graphile_worker._private_jobs set ${set} where id = ?`, [jobs[index]?.id])
  await change(0, "run_at = now() - interval '90 seconds'")
  await change(1, "run_at = now() + interval '1 hour'")
  await change(2, "locked_at = now(), locked_by = 'somebody'")
  await change(3, 'attempts = max_attempts')
  const text = await read()
  const states = ['ready', 'later', 'running', 'failed'].map((state) =>
    valueOf(text, `wellness_jobs{state="${state}"}`),
  )
  expect(states).toEqual([1, 1, 1, 1])
  const oldest = valueOf(text, 'wellness_jobs_oldest_ready_seconds')
  expect(oldest).toBeGreaterThanOrEqual(90)
  expect(oldest).toBeLessThan(120)
  await api.sql('select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))')
  expect(valueOf(await read(), 'wellness_jobs_oldest_ready_seconds')).toBe(0)
})

test('live sessions are those whose record is open', async () => {
  const live = async () => valueOf(await read(), 'wellness_sessions_live') ?? 0
  const before = await live()
  const { token } = await createUser(api)
  const start = await api.request<{ startSession: { session: { id: string } } }>(
    'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } } }',
    { input: { timeZone: 'UTC' } },
    { token },
  )
  expect(await live()).toBe(before + 1)
  await api.request(
    'mutation ($input: EndSessionInput!) { endSession(input: $input) { userErrors { code } } }',
    { input: { id: start.data.startSession.session.id } },
    { token },
  )
  expect(await live()).toBe(before)
})

test('every process tells how long ago repeated work was last done by any worker', async () => {
  const age = async (url: string, work: string) =>
    valueOf(await read(url), `wellness_repeated_work_age_seconds{work="${work}"}`)
  await api.worker.runRepeatedWork()
  api.clock.advance(5 * MINUTE)
  for (const work of ['session_sweep', 'session_checkpoint', 'identity_purge', 'job_tending']) {
    expect(await age(api.url, work)).toBe((5 * MINUTE) / SECOND)
    expect(await age(workerUrl, work)).toBe((5 * MINUTE) / SECOND)
  }
  await api.worker.runRepeatedWork()
  expect(await age(api.url, 'session_sweep')).toBe(0)
})

test('work that fails does not count as done, and the worker counts how often it failed', async () => {
  const failed = 'wellness_repeated_work_total{work="session_sweep",outcome="failed"}'
  const age = 'wellness_repeated_work_age_seconds{work="session_sweep"}'
  await api.worker.runRepeatedWork()
  api.clock.advance(MINUTE)
  await api.sql('alter table session_metadata rename to away')
  await expect(api.worker.runRepeatedWork()).rejects.toThrow('session_metadata')
  await api.sql('alter table away rename to session_metadata')
  expect(valueOf(await read(workerUrl), failed)).toBe(1)
  expect(valueOf(await read(), age)).toBe(60)
})

test('tries of jobs are counted where they were made', async () => {
  const series = (outcome: string) => `wellness_job_tries_total{job="sendSignUpMail",outcome="${outcome}"}`
  const before = await read(workerUrl)
  await requestSignUp(api, 'refused@example.com')
  api.mailbox.failNext(1, 451)
  await api.worker.runDueJobs()
  await api.sql('update graphile_worker._private_jobs set run_at = now()')
  await api.worker.runDueJobs()
  const after = await read(workerUrl)
  for (const outcome of ['failed', 'done']) {
    expect((valueOf(after, series(outcome)) ?? 0) - (valueOf(before, series(outcome)) ?? 0)).toBe(1)
  }
})

test('passwords that are checked are counted', async () => {
  const before = valueOf(await read(), 'wellness_password_hashes_done') ?? 0
  await signIn(api, { email: 'nobody@example.com', password: 'wrong wrong wrong' })
  expect(valueOf(await read(), 'wellness_password_hashes_done')).toBe(before + 1)
})
