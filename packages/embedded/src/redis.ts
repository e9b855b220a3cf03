import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { findExecutable } from './findExecutable.ts'
import { installDebianPackage } from './installDebianPackage.ts'
import type { Certificates } from './makeCertificates.ts'
import { readLastLines } from './readLastLines.ts'
import { spawnTied } from './spawnTied.ts'
import { stopProcess } from './stopProcess.ts'
import { stopSurvivor } from './stopSurvivor.ts'

export interface RedisOptions {
  port: number
  /** Where the data outlives the server; without it nothing is kept. */
  dataDir?: string
  /** Where the server logs; in its folder when left out. */
  logFile?: string
  /** More settings of the server, as redis.conf names them. */
  settings?: Record<string, string>
  /** What clients have to know; nothing when left out, since the server listens on 127.0.0.1 alone. */
  password?: string
  /** Listens for TLS, and for nothing else. */
  tls?: Certificates
}

export interface Redis {
  url: string
  pid: number
  /** Resolves when the server is gone, whoever ended it. */
  exited: Promise<void>
  stop(): Promise<void>
}

const SERVERS = ['valkey-server', 'redis-server']
const START_TIMEOUT_MS = 20_000

/** Starts a Redis (or Valkey) of this machine on 127.0.0.1; installs one where it may. */
export async function startRedis(options: RedisOptions): Promise<Redis> {
  const program = await findServer()
  const kept = options.dataDir !== undefined
  const dataDir = resolve(options.dataDir ?? mkdtempSync(join(tmpdir(), 'wellness-redis-')))
  mkdirSync(dataDir, { recursive: true })
  const logFile = options.logFile ?? join(dataDir, 'redis.log')
  const pidFile = join(dataDir, 'redis.pid')
  if (kept) await stopLast(pidFile, dataDir)

  const { port, password, tls } = options
  const settings: Record<string, string> = {
    port: tls ? '0' : String(port),
    bind: '127.0.0.1',
    'protected-mode': 'yes',
    daemonize: 'no',
    dir: dataDir,
    pidfile: pidFile,
    // The folder has to stay visible in the command line, by which a survivor is known.
    'set-proc-title': 'no',
    save: '',
    appendonly: kept ? 'yes' : 'no',
    ...(password ? { requirepass: password, masterauth: password } : {}),
    ...(tls ? settingsOf(tls, port) : {}),
    ...options.settings,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const server = spawnTied(program, args, { logFile, deathSignal: 'TERM' })
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.once('error', () => resolve())
  })
  const stop = async (): Promise<void> => {
    await stopProcess(server, 'SIGTERM')
    if (!kept) rmSync(dataDir, { recursive: true, force: true })
  }

  const ready = await Promise.race([becomesReady(options, server.pid ?? 0), exited.then(() => false)])
  if (!ready) {
    const log = readLastLines(logFile, 8)
    await stop()
    throw new Error(`Redis does not start. The end of its log:\n${log}`)
  }
  const login = password ? `:${encodeURIComponent(password)}@` : ''
  const url = `${tls ? 'rediss' : 'redis'}://${login}127.0.0.1:${port}`
  return { url, pid: server.pid ?? 0, exited, stop }
}

function settingsOf(tls: Certificates, port: number): Record<string, string> {
  return {
    'tls-port': String(port),
    'tls-cert-file': tls.certificateFile,
    'tls-key-file': tls.keyFile,
    'tls-ca-cert-file': tls.authorityFile,
    'tls-auth-clients': 'no',
    'tls-replication': 'yes',
    'tls-cluster': 'yes',
  }
}

async function findServer(): Promise<string> {
  const found = findExecutable(SERVERS)
  if (found !== null) return found
  await installDebianPackage('redis-server')
  const installed = findExecutable(SERVERS)
  if (installed !== null) return installed
  throw new Error(
    'No Redis here: install valkey or redis (Debian: apt-get install redis-server, macOS: brew install redis), or set REDIS_URL',
  )
}

async function stopLast(pidFile: string, dataDir: string): Promise<void> {
  let pid: number
  try {
    pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  } catch {
    return
  }
  if (!Number.isNaN(pid)) await stopSurvivor(pid, dataDir, 'SIGTERM')
}

async function becomesReady(options: RedisOptions, pid: number): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    // While it still reads its file, Redis answers -LOADING; and another server may sit on the port that ours wanted.
    const answer = await ask(options, 'PING\r\nINFO server\r\n')
    if (answer.includes('+PONG') && answer.includes(`process_id:${pid}\r\n`)) return true
    await delay(20)
  }
  return false
}

function ask({ port, password, tls }: RedisOptions, commands: string): Promise<string> {
  return new Promise((resolve) => {
    const host = '127.0.0.1'
    const send = (): void => void socket.write(`${password ? `AUTH ${password}\r\n` : ''}${commands}QUIT\r\n`)
    const socket = tls
      ? // Made out to another name perhaps; who answers, its pid tells.
        connectTls(
          { host, port, ca: readFileSync(tls.authorityFile), checkServerIdentity: () => undefined },
          send,
        )
      : connectPlain({ host, port }, send)
    let answer = ''
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('data', (data: Buffer) => (answer += data.toString()))
    socket.once('error', () => resolve(''))
    socket.once('close', () => resolve(answer))
  })
}
