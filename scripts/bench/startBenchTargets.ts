import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from '@wellness/embedded/freePort'
import { startPostgres } from '@wellness/embedded/postgres'
import { startRedis } from '@wellness/embedded/redis'
import bcrypt from 'bcrypt'
import { Client } from 'pg'
import { environment } from '../env.ts'
import { findPrograms } from '../product/findPrograms.ts'
import { runToEnd } from '../product/runToEnd.ts'
import { startService, type Service } from '../product/startService.ts'
import { startPinned } from './pinnedProcess.ts'
import { seedBench } from './seedBench.ts'

const START_DEADLINE_MS = 30_000
const START_POLL_MS = 10

export interface Target {
  pid: number
  port: number
}

export interface BenchTargets {
  api: Target
  bare: Target
  /** Another API, whose limits are those that people get. */
  limited: Target
  web: Target
  webHost: string
  database: Client
  password: string
  webApiSecret: string
  /** Starts another API on the servers' core. @returns how long it took until it answered an operation, in milliseconds. */
  timeStart(): Promise<number>
  stop(): Promise<void>
}

/**
 * What is measured, on one core: the built API and web app and the bare server; the web app's API, the stores and
 * 1,000,000 sessions on the other.
 */
export async function startBenchTargets(): Promise<BenchTargets> {
  const started = new AsyncDisposableStack()
  try {
    return await start(started)
  } catch (error) {
    await started.disposeAsync()
    throw error
  }
}

async function start(started: AsyncDisposableStack): Promise<BenchTargets> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wellness-bench-'))
  started.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  mkdirSync(join(dataDir, 'redis'))
  const postgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    port: await findFreePort(),
    durable: false,
  })
  started.defer(() => postgres.stop())
  const redis = await startRedis({ port: await findFreePort() })
  started.defer(() => redis.stop())

  const programs = findPrograms('production')
  const password = randomBytes(15).toString('base64url')
  const webApiSecret = randomBytes(36).toString('base64url')
  const webPort = await findFreePort()
  const webHost = `localhost:${webPort}`
  const { PATH } = environment
  const env = {
    PATH,
    NODE_ENV: 'production',
    DATABASE_URL: postgres.url,
    DATABASE_NAMED_STATEMENTS: 'on',
    REDIS_URL: redis.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    AUTH_SECRET: randomBytes(36).toString('base64url'),
    WEB_API_SECRET: webApiSecret,
    // A thousand people ask as much as a million would.
    RATE_LIMIT_FACTOR: '1000',
    AUTH_URL: `http://${webHost}`,
  }
  const signal = new AbortController().signal
  await runToEnd({ name: 'The migration', ...programs.migrate, env, signal })
  const database = new Client({ connectionString: postgres.url })
  await database.connect()
  started.defer(() => database.end())
  await seedBench(database, await makeHash())

  const services: Service[] = []
  started.defer(async () => void (await Promise.all(services.map((service) => service.stop()))))
  const run = async (
    name: string,
    place: typeof startPinned,
    program: { command: string[]; cwd: string },
    extra: NodeJS.ProcessEnv,
    path: string,
  ): Promise<Target> => {
    const port = Number(extra['PORT'])
    const service = place({
      name,
      ...program,
      env: { ...env, ...extra },
      logFile: join(dataDir, `${name}.log`),
    })
    services.push(service)
    await service.waitUntilReady(`http://127.0.0.1:${port}${path}`, signal)
    return { pid: service.pid, port }
  }
  const onPort = async (name: string) => {
    const port = String(await findFreePort())
    return { PORT: port, [name]: port }
  }
  const api = await run('api', startPinned, programs.api, await onPort('API_PORT'), '/health/ready')
  const limited = await run(
    'limited',
    startPinned,
    programs.api,
    { ...(await onPort('API_PORT')), RATE_LIMIT_FACTOR: '1' },
    '/health/ready',
  )
  const pagesApi = await run(
    'pages-api',
    startService,
    programs.api,
    await onPort('API_PORT'),
    '/health/ready',
  )
  const web = await run(
    'web',
    startPinned,
    programs.web,
    { PORT: String(webPort), WEB_PORT: String(webPort), API_URL: `http://127.0.0.1:${pagesApi.port}` },
    '/health/live',
  )
  const barePort = await findFreePort()
  const bareArguments = [String(barePort), postgres.url, redis.url, await bcrypt.hash(password, 10)]
  const bareProgram = {
    command: [process.execPath, '--conditions=source', 'bareServer.ts', ...bareArguments],
    cwd: import.meta.dirname,
  }
  const bare = await run('bare', startPinned, bareProgram, { PORT: String(barePort) }, '/ready')

  return {
    api,
    bare,
    limited,
    web,
    webHost,
    database,
    password,
    webApiSecret,
    async timeStart() {
      const port = String(await findFreePort())
      const startedAt = performance.now()
      const logFile = join(dataDir, 'started.log')
      const service = startPinned({ name: 'api', ...programs.api, env: { ...env, API_PORT: port }, logFile })
      try {
        await untilAnswered(`http://127.0.0.1:${port}/graphql`)
        return performance.now() - startedAt
      } finally {
        await service.stop()
      }
    },
    stop: () => started.disposeAsync(),
  }

  /** As the product itself makes it: the demo's user is there for a moment and gone again. */
  async function makeHash(): Promise<string> {
    const demoEnv = { ...env, DEMO_EMAIL: 'demo@example.com', DEMO_PASSWORD: password }
    await runToEnd({ name: 'Making a user', ...programs.demo, env: demoEnv, signal })
    const { rows } = await database.query<{ password_hash: string }>('select password_hash from users')
    await database.query('delete from users')
    return rows[0]?.password_hash ?? ''
  }
}

async function untilAnswered(address: string): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS
  const headers = { 'content-type': 'application/json' }
  const ask = () => fetch(address, { method: 'POST', headers, body: '{"query":"{ __typename }"}' })
  while (!(await ask().catch(() => null))?.ok) {
    if (performance.now() > deadline) throw new Error(`${address} gives no answer`)
    await delay(START_POLL_MS)
  }
}
