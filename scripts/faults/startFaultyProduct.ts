import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { environment } from '@wellness/embedded/env'
import { findFreePort } from '@wellness/embedded/freePort'
import { startMailbox, type Mailbox } from '@wellness/embedded/mailbox'
import { startPostgres, type Postgres } from '@wellness/embedded/postgres'
import { startRedis, type Redis } from '@wellness/embedded/redis'
import { startTcpProxy, type TcpProxy } from '../load/tcpProxy.ts'
import { buildProduct } from '../product/buildProduct.ts'
import { findPrograms } from '../product/findPrograms.ts'
import { runToEnd } from '../product/runToEnd.ts'
import { FaultyProcess } from './faultyProcess.ts'

/** The built product in parts that can be broken one by one, with ports and data of its own. */
export interface FaultyProduct {
  apis: FaultyProcess[]
  webs: FaultyProcess[]
  workers: FaultyProcess[]
  mailbox: Mailbox
  /** The way of every process to Redis, and of the workers to the mail server. */
  redisLine: TcpProxy
  smtpLine: TcpProxy
  databaseUrl: string
  /** Past the line. */
  redisUrl: string
  apiEnv: NodeJS.ProcessEnv
  logs: string
  startPostgres(): Promise<void>
  stopPostgres(signal: 'SIGINT' | 'SIGKILL'): Promise<void>
  /** Comes back empty. */
  startRedis(): Promise<void>
  stopRedis(): Promise<void>
}

const API_COUNT = 2
const WEB_COUNT = 2
const WORKER_COUNT = 2

/** Starts all of it; what was started stops with the stack. */
export async function startFaultyProduct(
  started: AsyncDisposableStack,
  onDeath: (name: string, how: string) => void,
): Promise<FaultyProduct> {
  await buildProduct(console.log)
  const folder = mkdtempSync(join(tmpdir(), 'wellness-faults-'))
  started.defer(() => rmSync(folder, { recursive: true, force: true }))

  const [postgresPort, redisPort] = [await findFreePort(), await findFreePort()]
  let postgres: Postgres
  let redis: Redis
  const open = {
    postgres: async () => {
      postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: postgresPort })
    },
    redis: async () => {
      redis = await startRedis({ port: redisPort })
    },
  }
  await open.postgres()
  started.defer(() => postgres.stop())
  await open.redis()
  started.defer(() => redis.stop())
  const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0 })
  started.defer(() => mailbox.stop())
  const redisLine = await startTcpProxy(() => redisPort)
  started.defer(() => redisLine.close())
  const smtpPort = Number(new URL(mailbox.smtpUrl).port)
  const smtpLine = await startTcpProxy(() => smtpPort)
  started.defer(() => smtpLine.close())

  const { PATH, HOME } = environment
  const secret = (): string => randomBytes(48).toString('base64url')
  const common: NodeJS.ProcessEnv = {
    PATH,
    HOME,
    NODE_ENV: 'production',
    DATABASE_URL: postgres!.url,
    DATABASE_NAMED_STATEMENTS: 'on',
    REDIS_URL: `redis://127.0.0.1:${redisLine.port}`,
    SMTP_URL: `smtp://127.0.0.1:${smtpLine.port}`,
    AUTH_URL: 'http://localhost:3000',
    AUTH_SECRET: secret(),
    WEB_API_SECRET: secret(),
    RATE_LIMIT_FACTOR: '1000',
  }
  const programs = findPrograms('production')
  await runToEnd({ name: 'The migration', ...programs.migrate, env: common })

  const make = (
    name: string,
    kind: 'api' | 'worker' | 'web',
    port: number | null,
    env: NodeJS.ProcessEnv,
  ) => {
    const made = new FaultyProcess({
      name,
      ...programs[kind],
      env: { ...common, ...env },
      port,
      logs: folder,
      onDeath,
    })
    started.defer(() => made.stop())
    return made
  }
  const several = <Made>(count: number, one: (index: number) => Promise<Made>): Promise<Made[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => one(index + 1)))
  const apis = await several(API_COUNT, async (index) => {
    const port = await findFreePort()
    return make(`api ${index}`, 'api', port, { API_PORT: String(port) })
  })
  const workers = await several(WORKER_COUNT, async (index) => make(`worker ${index}`, 'worker', null, {}))

  // Before the web app stands what stands before APIs elsewhere: something that sends connections to those that are ready.
  let turn = 0
  const balancer = await startTcpProxy(() => {
    const ready = apis.filter((api) => api.isReady)
    // Where none is, balancers try them all.
    const open = ready.length > 0 ? ready : apis
    return open[turn++ % open.length]?.port ?? null
  })
  started.defer(() => balancer.close())
  const webs = await several(WEB_COUNT, async (index) => {
    const port = await findFreePort()
    return make(`web ${index}`, 'web', port, {
      WEB_PORT: String(port),
      API_URL: `http://127.0.0.1:${balancer.port}`,
    })
  })
  await Promise.all([...apis, ...workers, ...webs].map((each) => each.start()))

  return {
    apis,
    webs,
    workers,
    mailbox,
    redisLine,
    smtpLine,
    databaseUrl: postgres!.url,
    redisUrl: redis!.url,
    apiEnv: common,
    logs: folder,
    startPostgres: open.postgres,
    async stopPostgres(signal) {
      process.kill(postgres.pid, signal)
      await postgres.exited
    },
    startRedis: open.redis,
    stopRedis: () => redis.stop(),
  }
}
