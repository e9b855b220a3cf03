import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findStartTime } from './product/findStartTime.ts'
import { isolatedEnv } from './testing/isolatedEnv.ts'
import { runNpm, type NpmRun } from './testing/runNpm.ts'

/** What somebody would have the demo user's password be. */
const CHOSEN_PASSWORD = 'chosen-by-whoever-starts-it'
const folder = mkdtempSync(join(tmpdir(), 'wellness-start-'))
const dataDir = join(folder, 'data')
let env: NodeJS.ProcessEnv
let product: NpmRun
let isUp = false

async function start(): Promise<void> {
  product = runNpm('start', env)
  void product.ended.then(() => (isUp = false))
  await product.waitFor('Ctrl-C')
  isUp = true
}

async function stop(): Promise<void> {
  product.signal('SIGTERM')
  await product.ended
}

/** Every process that the product noted as its own. */
function runningPids(): number[] {
  const { owner, children } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as {
    owner: { pid: number }
    children: { pid: number }[]
  }
  return [owner.pid, ...children.map((child) => child.pid)]
}

function findParent(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function services(): Record<string, string> {
  const lines = readFileSync(join(dataDir, 'services.env'), 'utf8').trim().split('\n')
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]))
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: services().DATABASE_URL })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  env = { ...(await isolatedEnv(dataDir)), DEMO_PASSWORD: CHOSEN_PASSWORD }
})

// Starting takes seconds, so tests share what runs, and begin with a new start only where the last one ended it.
beforeEach(async () => {
  if (!isUp) await start()
})

afterAll(async () => {
  if (isUp) await stop()
  rmSync(folder, { recursive: true, force: true })
})

test('what the block names is there: web app, API, mailbox', async () => {
  const addresses = product.output().match(/http:\/\/\S+/g) ?? []
  expect(addresses).toHaveLength(3)
  const [web = '', api = '', mailbox = ''] = addresses
  expect(await (await fetch(web)).text()).toContain('Wellness &amp; Sensory Connection Assistant')
  const answer = await fetch(api, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ me { id } }' }),
  })
  expect(await answer.json()).toMatchObject({ data: { me: null } })
  expect(await (await fetch(mailbox)).text()).toContain('Mailbox')
})

async function signInAsDemo(): Promise<{ email: string | undefined; answer: unknown }> {
  const [, email, password] = /Sign in as\s+(\S+)\s+password (\S+)/.exec(product.output()) ?? []
  const answer = await fetch(`${services().API_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'mutation ($input: SignInInput!) { signIn(input: $input) { user { email } userErrors { code } } }',
      variables: { input: { email, password } },
    }),
  })
  return { email, answer: await answer.json() }
}

test('the demo sign-in of the block signs in', async () => {
  const { email, answer } = await signInAsDemo()
  expect(answer).toMatchObject({ data: { signIn: { user: { email }, userErrors: [] } } })
})

/**
 * Attack: whoever reads this repository, or knows what its starter set, knows the demo user's password or a secret that
 * signs what is trusted.
 */
test('S8: passwords and secrets of the embedded mode are random, none is set from outside, and the owner alone reads them', () => {
  const folder = join(dataDir, 'secrets')
  const secrets = readdirSync(folder).map((name) => {
    expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0)
    return readFileSync(join(folder, name), 'utf8').trim()
  })
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining(['AUTH_SECRET', 'DEMO_PASSWORD', 'WEB_API_SECRET']),
  )
  for (const secret of secrets) {
    expect(secret).toMatch(/^[\w-]{20,}$/)
    expect(secret).not.toBe(CHOSEN_PASSWORD)
  }
  expect(new Set(secrets).size).toBe(secrets.length)
  const shown = /Sign in as\s+\S+\s+password (\S+)/.exec(product.output())?.[1]
  expect(shown).toBe(readFileSync(join(folder, 'DEMO_PASSWORD'), 'utf8').trim())
})

test('services.env tells where everything is, to the owner only', async () => {
  expect(Object.keys(services())).toEqual(['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'API_URL', 'AUTH_URL'])
  expect(statSync(join(dataDir, 'services.env')).mode & 0o077).toBe(0)
  expect(statSync(join(dataDir, 'secrets')).mode & 0o077).toBe(0)
  expect(await query('select count(*)::int > 0 as migrated from mikro_orm_migrations')).toEqual([
    { migrated: true },
  ])
})

test('a second start on the same data is refused, and harms nothing', async () => {
  const second = runNpm('start', env)
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain('runs on')
  expect(await query('select 1 as n')).toEqual([{ n: 1 }])
})

test('taken ports are named, with the variables that change them', async () => {
  const second = runNpm('start', { ...env, DATA_DIR: join(folder, 'other') })
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Port ${env.WEB_PORT} is taken: free it, or choose another with WEB_PORT`)
  expect(second.output()).toContain('choose another with POSTGRES_PORT')
})

test('db:reset refuses a database that is not the embedded one', async () => {
  const DATABASE_URL = 'postgresql://somebody@db.example.com/theirs'
  const reset = runNpm('db:reset', { ...env, DATABASE_URL })
  expect(await reset.ended).toBe(1)
  expect(reset.output()).toContain('delete everything in db.example.com')
})

test.each(['three thousand', '0', '65536'])('a port of %s is refused by its name', async (port) => {
  const wrong = runNpm('start', { ...env, WEB_PORT: port, REDIS_PORT: port })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain('WEB_PORT must be a port number')
  expect(wrong.output()).toContain('REDIS_PORT must be a port number')
})

test('killed hard it leaves nothing running, and starts again on its data', async () => {
  await query('create table kept as select 7 as n')
  const secret = readFileSync(join(dataDir, 'secrets/AUTH_SECRET'), 'utf8')
  const pids = runningPids()
  product.signal('SIGKILL')
  await product.ended

  await start()
  expect(pids.filter((pid) => findStartTime(pid) !== null && !runningPids().includes(pid))).toEqual([])
  expect(await query('select n from kept')).toEqual([{ n: 7 }])
  expect(readFileSync(join(dataDir, 'secrets/AUTH_SECRET'), 'utf8')).toBe(secret)
})

test.each(['npm', 'run.mjs'])('%s that is killed hard takes the product along', async (victim) => {
  const pids = runningPids()
  const runner = findParent(pids[0] ?? 0)
  process.kill(victim === 'npm' ? findParent(runner) : runner, 'SIGKILL')
  await expect.poll(() => pids.filter((pid) => findStartTime(pid) !== null), { timeout: 20_000 }).toEqual([])
  await product.ended
})

test.each([
  { name: 'worker', program: 'worker.js', lastWords: 'the worker is running' },
  { name: 'api', program: 'dist/src/main.js', lastWords: 'the API is listening' },
  { name: 'web', program: 'build/main.js', lastWords: 'Server listening' },
  { name: 'redis', program: '-server', lastWords: 'Ready to accept connections' },
])(
  'when $name dies alone the whole product ends, and says last, below the end of its log, who it was',
  async ({ name, program, lastWords }) => {
    const pids = runningPids()
    const victim = pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program))
    process.kill(victim ?? 0, 'SIGKILL')
    expect(await product.ended).toBe(1)
    expect(product.output()).toContain(lastWords)
    expect(product.output().trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^${name} ended`))
    expect(pids.filter((pid) => findStartTime(pid) !== null)).toEqual([])
  },
)

test('a port that is taken while the product starts is named, with the variable that changes it', async () => {
  const dataDir = join(folder, 'raced')
  const otherEnv = await isolatedEnv(dataDir)
  const API_PORT = Number(otherEnv.API_PORT)
  const second = runNpm('start', otherEnv)
  // The folder comes after the ports were looked at; PostgreSQL then takes longer than this does.
  await expect.poll(() => existsSync(join(dataDir, 'logs')), { interval: 10 }).toBe(true)
  const thief = createServer().listen(API_PORT, '127.0.0.1')
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(
    new RegExp(`Port ${API_PORT} is taken: free it, or choose another with API_PORT\n$`),
  )
  thief.close()
})

/** Emptied under it, nobody could sign in any more and no mail would leave, while everything looked well. */
test('db:reset refuses while the product runs, says how to stop it, and leaves everything as it is', async () => {
  const reset = runNpm('db:reset', env)
  expect(await reset.ended).toBe(1)
  expect(reset.output()).toMatch(
    /^The product runs on \S+: stop it first, with Ctrl-C where it was started\n$/,
  )
  expect(await query('select count(*)::int > 0 as filled from users')).toEqual([{ filled: true }])
})

test('Ctrl-C, which arrives more than once, stops it cleanly and leaves no process', async () => {
  const pids = runningPids()
  void product.waitFor('Stopping').then(() => product.signal('SIGINT'))
  product.signal('SIGINT')
  expect(await product.ended).toBe(0)
  expect(product.output()).toMatch(/Stopping …\nStopped\n$/)
  expect(pids.filter((pid) => findStartTime(pid) !== null)).toEqual([])
  expect(existsSync(join(dataDir, 'services.env'))).toBe(false)
})

test('db:migrate brings the embedded database up to date while nothing runs', async () => {
  await stop()
  const migration = runNpm('db:migrate', env)
  expect(await migration.ended).toBe(0)
  expect(migration.output()).toContain('up to date')
})

test('db:reset empties the database of a product that is stopped, and the next start makes the demo user anew', async () => {
  await query("insert into users (id, email) values (gen_random_uuid(), 'gone@example.com')")
  await stop()
  const reset = runNpm('db:reset', env)
  expect(await reset.ended).toBe(0)
  expect(reset.output()).toContain('npm start makes the demo user anew')

  await start()
  expect(await query('select email from users')).toEqual([{ email: 'demo@example.com' }])
  const { email, answer } = await signInAsDemo()
  expect(answer).toMatchObject({ data: { signIn: { user: { email }, userErrors: [] } } })
})
