import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'

const NOBODY = '127.0.0.1:1'

let api: TestApi | undefined
const closers: (() => void)[] = []
afterEach(async () => {
  await api?.close()
  for (const close of closers.splice(0)) close()
})

/** A server that takes connections and then says nothing, as one behind a broken network does. */
async function startMute(): Promise<string> {
  const server = createServer((socket) => void closers.push(() => socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(path: string) {
  const start = performance.now()
  const response = await fetch(api!.url + path)
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, body, ms: performance.now() - start }
}

test('with PostgreSQL and Redis it is ready', async () => {
  api = await createTestApi()
  const { status, body } = await ask('/health/ready')
  expect({ status, body }).toEqual({
    status: 200,
    body: { status: 'ready', services: { postgres: 'ok', redis: 'ok' } },
  })
})

test('without Redis it is not ready, and says what is away', async () => {
  api = await createTestApi({ env: { REDIS_URL: `redis://${NOBODY}` } })
  const { status, body } = await ask('/health/ready')
  expect(status).toBe(503)
  expect(body).toMatchObject({
    status: 'unavailable',
    services: { postgres: 'ok', redis: 'away' },
    errors: [{ message: 'Out of reach: redis.', extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  })
})

test('without PostgreSQL it starts, lives, is not ready, and says what is away', async () => {
  api = await createTestApi({ env: { DATABASE_URL: `postgres://nobody@${NOBODY}/none` } })
  expect((await ask('/health/live')).status).toBe(200)
  const { status, body } = await ask('/health/ready')
  expect(status).toBe(503)
  expect(body).toMatchObject({ services: { postgres: 'away', redis: 'ok' } })
})

test.each([
  ['PostgreSQL', 'DATABASE_URL', 'postgres://nobody@', { postgres: 'away', redis: 'ok' }],
  ['Redis', 'REDIS_URL', 'redis://', { postgres: 'ok', redis: 'away' }],
])(
  '%s that takes connections and says nothing is away within a second or so',
  async (_name, variable, scheme, services) => {
    api = await createTestApi({ env: { [variable]: `${scheme}${await startMute()}/none` } })
    const { status, body, ms } = await ask('/health/ready')
    expect(status).toBe(503)
    expect(body).toMatchObject({ services })
    expect(ms).toBeLessThan(2_000)
  },
)

/** Anybody may ask; asking often must not use up the connections that requests need. */
test('callers at the same time share one look at the services', async () => {
  api = await createTestApi()
  api.statements.length = 0
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/health/ready')))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(api.statements.length).toBeLessThan(20)
})
