import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findFreePort } from './freePort.ts'
import { startPostgres, type Postgres } from './postgres.ts'
import { stopSurvivor } from './stopSurvivor.ts'

let folder: string
let postgres: Postgres

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wellness-postgres-'))
  chmodSync(folder, 0o700)
  postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await findFreePort(),
    durable: false,
  })
}, 60_000)

afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

test('a new folder, below one of mode 0700, gets a UTF-8 database', async () => {
  expect(await query(postgres.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
  expect(new URL(postgres.url).pathname).toBe('/wellness')
  expect(new URL(postgres.url).username).toBe('wellness')
})

test('nobody connects without the password', async () => {
  const url = new URL(postgres.url)
  url.password = 'wrong'
  await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('the password is for the owner of the folder only', () => {
  expect(statSync(join(folder, 'postgres', 'wellness.password')).mode & 0o077).toBe(0)
})

test('stopped and started again it has its data, with connections open at the stop', async () => {
  await query(postgres.url, 'create table kept as select 7 as n')
  const idle = new pg.Client({ connectionString: postgres.url })
  idle.on('error', () => undefined)
  await idle.connect()
  await postgres.stop()
  postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await findFreePort(),
    durable: false,
  })
  expect(await query(postgres.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a port that is taken is an error that says so', async () => {
  const dataDir = join(folder, 'other')
  await expect(startPostgres({ dataDir, port: Number(new URL(postgres.url).port) })).rejects.toThrow(
    /Address already in use/,
  )
}, 30_000)

const starters: ChildProcess[] = []
afterEach(() => {
  for (const starter of starters.splice(0)) starter.kill('SIGKILL')
})

/** Starts a server on a process of its own that can be killed; gives that process and the server's pid. */
async function startElsewhere(dataDir: string): Promise<{ starter: ChildProcess; pid: number }> {
  const code = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))})
    const { pid } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, port: ${await findFreePort()} })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  starters.push(starter)
  const pid = await new Promise<number>((resolve) =>
    starter.stdout?.once('data', (line: Buffer) => resolve(Number(line))),
  )
  return { starter, pid }
}

async function hasEnded(pid: number): Promise<boolean> {
  return (await stopSurvivor(pid, 'no such folder', 'SIGINT')) === 'gone'
}

test('whoever started it may die hard: it goes away, and the next start has its data', async () => {
  const dataDir = join(folder, 'orphaned')
  const { starter, pid } = await startElsewhere(dataDir)
  starter.kill('SIGKILL')
  await expect.poll(() => hasEnded(pid), { timeout: 10_000 }).toBe(true)
  const again = await startPostgres({ dataDir, port: await findFreePort() })
  expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }])
  await again.stop()
}, 60_000)

test('one that still runs on the folder is stopped by the next start', async () => {
  const dataDir = join(folder, 'surviving')
  const { pid } = await startElsewhere(dataDir)
  const again = await startPostgres({ dataDir, port: await findFreePort() })
  await expect.poll(() => hasEnded(pid), { timeout: 10_000 }).toBe(true)
  await again.stop()
}, 60_000)

test('the server itself may die hard: the next start recovers what was committed', async () => {
  const dataDir = join(folder, 'crashed')
  const first = await startPostgres({ dataDir, port: await findFreePort() })
  await query(first.url, 'create table kept as select 7 as n')
  process.kill(first.pid, 'SIGKILL')
  const again = await startPostgres({ dataDir, port: await findFreePort() })
  expect(await query(again.url, 'select n from kept')).toEqual([{ n: 7 }])
  await again.stop()
}, 60_000)

test('a pid file that names a stranger does not keep it from starting', async () => {
  const dataDir = join(folder, 'stranger')
  const first = await startPostgres({ dataDir, port: await findFreePort() })
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const lock = join(dataDir, 'postmaster.pid')
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, '1'))
  const again = await startPostgres({ dataDir, port: await findFreePort() })
  await again.stop()
}, 60_000)
