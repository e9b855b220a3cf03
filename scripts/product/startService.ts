import { setTimeout as delay } from 'node:timers/promises'
import { readLastLines } from '@wellness/embedded/readLastLines'
import { spawnTied } from '@wellness/embedded/spawnTied'
import { rotateLog } from './rotateLog.ts'

export interface ServiceOptions {
  name: string
  command: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Null lets the service write to our own output. */
  logFile: string | null
}

export interface Service {
  pid: number
  /** What to tell once it has ended: its last lines, and below them, where it stays in sight, how. */
  ended: Promise<string>
  /** Resolves as soon as the address answers with success. */
  waitUntilReady(address: string, signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 12_000
const POLL_MS = 50
const LOG_LINES = 40

/** Starts one of the product's own processes. */
export function startService(options: ServiceOptions): Service {
  const { name, logFile } = options
  const [program = '', ...args] = options.command
  if (logFile !== null) rotateLog(logFile)
  const child = spawnTied(program, args, { logFile, deathSignal: 'TERM', cwd: options.cwd, env: options.env })
  // A program that is missing has no pid either, which is answered below.
  child.once('error', () => undefined)
  const pid = child.pid
  if (pid === undefined) throw new Error(`${name} cannot be started: ${program} is missing`)

  let over = false
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      over = true
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`
      const lines = logFile === null ? '' : `The end of ${logFile}:\n${readLastLines(logFile, LOG_LINES)}\n\n`
      resolve(`${lines}${name} ended ${how}`)
    })
  })
  return {
    pid,
    ended,
    async waitUntilReady(address, signal) {
      const deadline = Date.now() + START_TIMEOUT_MS
      while (!(await answers(address))) {
        signal.throwIfAborted()
        if (over) throw new Error(await ended)
        if (Date.now() > deadline)
          throw new Error(`${name} is not ready after ${START_TIMEOUT_MS} ms: ${address}`)
        await delay(POLL_MS)
      }
    },
    async stop() {
      // The whole group: what watches sources has children of its own.
      const send = (signal: NodeJS.Signals): void => {
        if (!over) process.kill(-pid, signal)
      }
      send('SIGTERM')
      const force = setTimeout(send, STOP_TIMEOUT_MS, 'SIGKILL')
      await ended
      clearTimeout(force)
    },
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
