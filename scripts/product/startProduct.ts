import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMailbox } from '@wellness/embedded/mailbox'
import { startPostgres } from '@wellness/embedded/postgres'
import { readLastLines } from '@wellness/embedded/readLastLines'
import { startRedis } from '@wellness/embedded/redis'
import type { Ports } from '../readSettings.ts'
import { claimDataDir, type Claim } from './claimDataDir.ts'
import { keepSecret } from './keepSecret.ts'
import { findPrograms, type Mode } from './findPrograms.ts'
import { requireFreePorts } from './requireFreePorts.ts'
import { rotateLog } from './rotateLog.ts'
import { runToEnd } from './runToEnd.ts'
import { startService, type Service } from './startService.ts'

export interface ProductOptions {
  /** Keeps data, logs and secrets; one product at a time. */
  dataDir: string
  ports: Ports
  mode: Mode
  /** Variables for the product's processes; DATABASE_URL, REDIS_URL and SMTP_URL take the place of what would be started. */
  env: NodeJS.ProcessEnv
  /** Gives up in the middle of starting. */
  signal?: AbortSignal
}

export interface Product {
  /** What services.env says too. */
  addresses: Record<'DATABASE_URL' | 'REDIS_URL' | 'SMTP_URL' | 'API_URL' | 'AUTH_URL', string>
  /** The page that shows the mail, where the mail server is ours. */
  mailboxUrl: string | null
  hasOwnDatabase: boolean
  /** The environment that the API runs in. */
  apiEnv: NodeJS.ProcessEnv
  /** Where the processes write their logs, each to a file of its name. */
  logDir: string
  /** Of every process that was started, by name. */
  pids: Record<string, number>
  /** Resolves with what to say when a process ends that should not: the end of its log, and last who ended how. */
  failed: Promise<string>
  stop(): Promise<void>
}

const LOG_LINES = 12

/**
 * Runs the whole product on 127.0.0.1: database, Redis and mailbox unless the environment names others, migrations, API,
 * worker and web. Resolves when all of it is ready; what had started is stopped again when it fails.
 */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { dataDir, ports, env, signal } = options
  const claim = await claimDataDir(dataDir)
  if (claim === null)
    throw new Error(`The product runs on ${dataDir} already: stop it, or choose another DATA_DIR`)
  const started = new AsyncDisposableStack()
  started.defer(() => claim.release())
  const needed = portsInUse(ports, env)
  try {
    await requireFreePorts(needed)
    return await start(options, claim, started)
  } catch (error) {
    await started.disposeAsync()
    // One that was free may have been taken meanwhile; who tripped over it does not know its variable.
    if (signal?.aborted !== true) await requireFreePorts(needed)
    throw error
  }
}

async function start(options: ProductOptions, claim: Claim, started: AsyncDisposableStack): Promise<Product> {
  const { dataDir, ports, mode, env } = options
  const signal = options.signal ?? new AbortController().signal
  const servicesFile = join(dataDir, 'services.env')
  rmSync(servicesFile, { force: true })
  const logs = join(dataDir, 'logs')
  mkdirSync(logs, { recursive: true })

  const pids: Record<string, number> = {}
  const failures: Promise<string>[] = []
  const watch = (name: string, pid: number, ended: Promise<string>): void => {
    pids[name] = pid
    claim.addChild(pid)
    failures.push(ended)
  }

  /** Uses what the environment names, or starts our own. */
  async function provide(given: string | undefined, name: 'postgres' | 'redis'): Promise<string> {
    if (given) return given
    const logFile = join(logs, `${name}.log`)
    const folder = join(dataDir, name)
    rotateLog(logFile)
    const server = await (name === 'postgres'
      ? startPostgres({ dataDir: folder, port: ports.POSTGRES_PORT, logFile })
      : startRedis({ dataDir: folder, port: ports.REDIS_PORT, logFile }))
    started.defer(() => server.stop())
    watch(
      name,
      server.pid,
      server.exited.then(
        () => `The end of ${logFile}:\n${readLastLines(logFile, LOG_LINES)}\n\n${name} ended`,
      ),
    )
    return server.url
  }
  const databaseUrl = await provide(env.DATABASE_URL, 'postgres')
  const redisUrl = await provide(env.REDIS_URL, 'redis')
  const mailbox = env.SMTP_URL
    ? null
    : await startMailbox({ smtpPort: ports.MAILBOX_SMTP_PORT, httpPort: ports.MAILBOX_PORT })
  if (mailbox !== null) started.defer(() => mailbox.stop())

  const addresses = {
    DATABASE_URL: env.DATABASE_URL_UNPOOLED || databaseUrl,
    REDIS_URL: redisUrl,
    SMTP_URL: mailbox?.smtpUrl ?? env.SMTP_URL ?? '',
    API_URL: `http://127.0.0.1:${ports.API_PORT}`,
    AUTH_URL: env.AUTH_URL || `http://localhost:${ports.WEB_PORT}`,
  }
  const common: NodeJS.ProcessEnv = {
    ...env,
    ...addresses,
    DATABASE_URL: databaseUrl,
    ...(env.DATABASE_URL ? {} : { DATABASE_NAMED_STATEMENTS: 'on' }),
    NODE_ENV: mode,
    API_HOST: '127.0.0.1',
    API_PORT: String(ports.API_PORT),
    WEB_HOST: '127.0.0.1',
    WEB_PORT: String(ports.WEB_PORT),
    AUTH_SECRET: env.AUTH_SECRET || keepSecret(dataDir, 'AUTH_SECRET'),
    WEB_API_SECRET: env.WEB_API_SECRET || keepSecret(dataDir, 'WEB_API_SECRET'),
  }

  const programs = findPrograms(mode)
  await runToEnd({ name: 'The migration', ...programs.migrate, env: common, signal })

  const services: Service[] = []
  started.defer(async () => void (await Promise.all(services.map((service) => service.stop()))))
  const run = (name: 'api' | 'worker' | 'web'): Service => {
    const logFile = mode === 'production' ? join(logs, `${name}.log`) : null
    const service = startService({ name, ...programs[name], env: common, logFile })
    services.push(service)
    watch(name, service.pid, service.ended)
    return service
  }
  const api = run('api')
  run('worker')
  const web = run('web')
  const failed = Promise.race(failures)
  await Promise.race([
    Promise.all([
      api.waitUntilReady(`${addresses.API_URL}/health/ready`, signal),
      web.waitUntilReady(`http://127.0.0.1:${ports.WEB_PORT}/health/live`, signal),
    ]),
    failed.then((message) => Promise.reject(new Error(message))),
  ])

  const lines = Object.entries(addresses).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(`${servicesFile}.new`, lines.join(''), { mode: 0o600 })
  renameSync(`${servicesFile}.new`, servicesFile)
  started.defer(() => rmSync(servicesFile, { force: true }))

  let stopping: Promise<void> | null = null
  return {
    addresses,
    mailboxUrl: mailbox?.url ?? null,
    hasOwnDatabase: !env.DATABASE_URL,
    apiEnv: common,
    logDir: logs,
    pids,
    failed,
    stop: () => (stopping ??= started.disposeAsync()),
  }
}

function portsInUse(ports: Ports, env: NodeJS.ProcessEnv): Partial<Ports> {
  const { WEB_PORT, API_PORT, MAILBOX_PORT, MAILBOX_SMTP_PORT, POSTGRES_PORT, REDIS_PORT } = ports
  return {
    WEB_PORT,
    API_PORT,
    ...(env.SMTP_URL ? {} : { MAILBOX_PORT, MAILBOX_SMTP_PORT }),
    ...(env.DATABASE_URL ? {} : { POSTGRES_PORT }),
    ...(env.REDIS_URL ? {} : { REDIS_PORT }),
  }
}
