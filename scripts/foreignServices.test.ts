import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@wellness/embedded/freePort'
import { startMailbox } from '@wellness/embedded/mailbox'
import { startPostgres } from '@wellness/embedded/postgres'
import { startRedis } from '@wellness/embedded/redis'
import pg from 'pg'
import { expect, test } from 'vitest'
import { isolatedEnv } from './testing/isolatedEnv.ts'
import { runNpm } from './testing/runNpm.ts'

/** How many connections a Redis has, this one left out. */
function countClients(redisUrl: string): Promise<number> {
  const socket = connect(Number(new URL(redisUrl).port), '127.0.0.1', () => socket.write('INFO clients\r\n'))
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(Number(/connected_clients:(\d+)/.exec(data.toString())?.[1]) - 1)
    })
  })
}

test('S8: npm start uses the PostgreSQL, Redis and mail server it is told of, starts none itself, and makes no demo user', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wellness-foreign-'))
  await using theirs = new AsyncDisposableStack()
  theirs.defer(() => rmSync(folder, { recursive: true, force: true }))
  const postgres = await startPostgres({
    dataDir: join(folder, 'theirs'),
    port: await findFreePort(),
    durable: false,
  })
  theirs.defer(() => postgres.stop())
  const redis = await startRedis({ port: await findFreePort() })
  theirs.defer(() => redis.stop())
  const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0 })
  theirs.defer(() => mailbox.stop())
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  theirs.defer(() => client.end())

  const dataDir = join(folder, 'data')
  const addresses = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, SMTP_URL: mailbox.smtpUrl }
  const product = runNpm('start', { ...(await isolatedEnv(dataDir)), ...addresses })
  try {
    await product.waitFor('Ctrl-C')
    expect(product.output()).not.toMatch(/Sign in as|Mailbox/)
    expect(readdirSync(dataDir).sort()).toEqual(['logs', 'running.json', 'secrets', 'services.env'])
    const services = readFileSync(join(dataDir, 'services.env'), 'utf8')
    for (const [name, address] of Object.entries(addresses))
      expect(services).toContain(`${name}=${address}\n`)
    expect((await client.query('select count(*)::int as n from users')).rows).toEqual([{ n: 0 }])
    expect(await countClients(redis.url)).toBeGreaterThan(0)

    await fetch(`${/API_URL=(.+)/.exec(services)?.[1]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation { requestSignUp(input: { email: "anna@example.com" }) { userErrors { code } } }',
      }),
    })
    await mailbox.waitForMessage(({ to }) => to.includes('anna@example.com'))
  } finally {
    product.signal('SIGTERM')
  }
  expect(await product.ended).toBe(0)
  // What was there before it is there after it.
  expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  expect(await countClients(redis.url)).toBe(0)
})
