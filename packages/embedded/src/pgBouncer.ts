import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findExecutable } from './findExecutable.ts'
import { readLastLines } from './readLastLines.ts'
import { requireProgram } from './requireProgram.ts'
import { spawnTied } from './spawnTied.ts'
import { stopProcess } from './stopProcess.ts'

export interface PgBouncer {
  /** The address of a database behind it, for an address of PostgreSQL itself. */
  pooled(postgresUrl: string): string
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 10_000

/**
 * Starts a PgBouncer in transaction mode on 127.0.0.1, in front of every database of a PostgreSQL there. All else is as
 * the program has it by itself, since that is what people meet.
 */
export async function startPgBouncer({
  postgresUrl,
  port,
}: {
  postgresUrl: string
  port: number
}): Promise<PgBouncer> {
  const { username, password, hostname, port: postgresPort } = new URL(postgresUrl)
  const program = await requireProgram(['pgbouncer'], 'pgbouncer')
  const folder = mkdtempSync(join(tmpdir(), 'wellness-pgbouncer-'))
  const [userFile, settingsFile, logFile] = ['users.txt', 'pgbouncer.ini', 'pgbouncer.log'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  writeFileSync(userFile, `"${username}" "${decodeURIComponent(password)}"\n`, { mode: 0o600 })
  writeFileSync(
    settingsFile,
    [
      '[databases]',
      `* = host=${hostname} port=${postgresPort}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${userFile}`,
      'pool_mode = transaction',
    ].join('\n'),
  )
  const server = spawnTied(program, [settingsFile], { logFile, deathSignal: 'INT', wrapper: asSomebody() })
  const stop = async (): Promise<void> => {
    await stopProcess(server, 'SIGINT')
    rmSync(folder, { recursive: true, force: true })
  }
  let failed = false
  server.once('error', () => (failed = true))
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await listens(port))) {
    if (failed || server.exitCode !== null || Date.now() > deadline) {
      const log = readLastLines(logFile, 8)
      await stop()
      throw new Error(`PgBouncer does not start. The end of its log:\n${log}`)
    }
    await delay(20)
  }
  return {
    pooled(url) {
      const pooled = new URL(url)
      pooled.port = String(port)
      return pooled.href
    },
    stop,
  }
}

/** It refuses to run as root; as for PostgreSQL, it believes itself to be another user, and the files stay root's. */
function asSomebody(): string[] {
  if (process.getuid?.() !== 0) return []
  const unshare = findExecutable(['unshare'])
  if (unshare === null)
    throw new Error('PgBouncer does not run as root, and unshare is missing: start as another user')
  return [unshare, '--user', '--map-user=1000', '--map-group=1000', '--']
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
