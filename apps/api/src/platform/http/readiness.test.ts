import { findFreePort } from '@wellness/embedded/freePort'
import { startPostgres } from '@wellness/embedded/postgres'
import { startRedis } from '@wellness/embedded/redis'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { freeze } from '../../testing/freeze.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function ask(api: TestApi, path = '/health/ready') {
  const start = performance.now()
  const response = await fetch(api.url + path)
  return { status: response.status, text: await response.text(), ms: performance.now() - start }
}

/** Servers that nobody else uses, since they are going to stand still. */
async function startOwnServers() {
  const folder = mkdtempSync(join(tmpdir(), 'wellness-frozen-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await findFreePort(),
    durable: false,
  })
  cleanUps.push(() => postgres.stop())
  const redis = await startRedis({ port: await findFreePort() })
  cleanUps.push(() => redis.stop())
  const api = await createTestApi({
    env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url, DATABASE_POOL_MAX: '5' },
  })
  cleanUps.push(() => api.close())
  return { api, postgres, redis }
}

/** A frozen server takes connections and packets, and answers none: nothing fails by itself, and only a deadline tells. */
test('PostgreSQL or Redis standing still makes it not ready within the deadline, and ready again when it moves', async () => {
  const { api, postgres, redis } = await startOwnServers()
  expect((await ask(api)).status).toBe(200)

  for (const [server, name] of [
    [postgres, 'postgres'],
    [redis, 'redis'],
  ] as const) {
    const thaw = freeze(server.pid)
    try {
      for (let look = 0; look < 3; look += 1) {
        const { status, text, ms } = await ask(api)
        expect(status).toBe(503)
        expect(JSON.parse(text)).toMatchObject({ services: { [name]: 'away' } })
        expect(ms).toBeLessThan(2_000)
      }
      const { status, text, ms } = await ask(api, '/metrics')
      expect(status).toBe(200)
      expect(text).toContain(`wellness_${name}_up 0`)
      expect(text).not.toMatch(new RegExp(`^wellness_${name}_latency_seconds `, 'm'))
      expect(ms).toBeLessThan(2_000)
    } finally {
      thaw()
    }
    await expect.poll(async () => (await ask(api)).status, { timeout: 5_000 }).toBe(200)
    expect((await ask(api, '/metrics')).text).toContain(`wellness_${name}_up 1`)
  }
})

/** With one connection more at every look, a PostgreSQL that comes back would find none left for requests. */
test('looks at a PostgreSQL that stands still do not pile up on its connections', async () => {
  const { api, postgres } = await startOwnServers()
  await ask(api)
  const thaw = freeze(postgres.pid)
  try {
    for (let look = 0; look < 3; look += 1) await ask(api)
    const pool = (await api.app.services.orm.em.getConnection().getNativeClient()) as {
      totalCount: number
      waitingCount: number
    }
    expect(pool.totalCount + pool.waitingCount).toBe(1)
  } finally {
    thaw()
  }
})
