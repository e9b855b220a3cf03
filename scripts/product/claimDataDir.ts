import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findStartTime } from './findStartTime.ts'

interface ProcessMark {
  pid: number
  startTime: string | null
}

interface ClaimFile {
  owner: ProcessMark
  children: ProcessMark[]
}

export interface Claim {
  /** Notes a process that must not outlive the claim. */
  addChild(pid: number): void
  release(): void
}

const GRACE_MS = 10_000

/**
 * Takes the data folder for this process; null when a living process has it. What one that was killed hard left running is
 * ended first.
 */
export async function claimDataDir(dataDir: string): Promise<Claim | null> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'running.json')
  const last = read(file)
  if (last !== null && isAlive(last.owner)) return null
  await Promise.all((last?.children ?? []).map(end))

  const claim: ClaimFile = { owner: mark(process.pid), children: [] }
  const write = (): void => {
    writeFileSync(`${file}.new`, JSON.stringify(claim), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  write()
  return {
    addChild: (pid) => {
      claim.children.push(mark(pid))
      write()
    },
    release: () => rmSync(file, { force: true }),
  }
}

function mark(pid: number): ProcessMark {
  return { pid, startTime: findStartTime(pid) }
}

function isAlive({ pid, startTime }: ProcessMark): boolean {
  return startTime !== null && findStartTime(pid) === startTime
}

async function end(child: ProcessMark): Promise<void> {
  const deadline = Date.now() + GRACE_MS
  if (isAlive(child)) process.kill(child.pid, 'SIGTERM')
  while (isAlive(child)) {
    if (Date.now() > deadline) process.kill(child.pid, 'SIGKILL')
    await delay(50)
  }
}

function read(file: string): ClaimFile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ClaimFile
  } catch {
    return null
  }
}
