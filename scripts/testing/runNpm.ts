import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface NpmRun {
  /** What it has written so far, to either stream. */
  output(): string
  /** Resolves as soon as the output matches so often; rejects with all of it when the command ends before. */
  waitFor(pattern: string | RegExp, count?: number): Promise<void>
  /** To all of its processes, as a terminal does. */
  signal(signal: NodeJS.Signals): void
  ended: Promise<number | null>
}

/** Runs a script of package.json as somebody in a terminal would, with this environment and no other. */
export function runNpm(script: string, env: NodeJS.ProcessEnv, args: string[] = []): NpmRun {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return {
    output: () => output,
    ended,
    waitFor: (pattern, count = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.split(pattern).length <= count) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void ended.then(() => reject(new Error(output)))
      }),
    signal: (signal) => void process.kill(-(child.pid ?? 0), signal),
  }
}
