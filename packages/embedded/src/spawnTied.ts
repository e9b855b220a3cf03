import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { findExecutable } from './findExecutable.ts'

export interface TiedOptions {
  /** Standard output and error are appended here; null lets the child write to ours. */
  logFile: string | null
  /** What the kernel sends when this process dies, however it dies. */
  deathSignal: 'INT' | 'TERM'
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** A program and its arguments that run the command, before everything else. */
  wrapper?: string[]
}

/**
 * Starts a server that ends with us. It is in a session of its own, since Ctrl-C reaches the whole foreground group of a
 * terminal at once and services must outlive those who use them; and Linux signals it when this process is killed hard.
 */
export function spawnTied(command: string, args: string[], options: TiedOptions): ChildProcess {
  const setpriv = process.platform === 'linux' ? findExecutable(['setpriv']) : null
  const tie = setpriv === null ? [] : [setpriv, '--pdeathsig', options.deathSignal, '--']
  const [program = command, ...rest] = [...(options.wrapper ?? []), ...tie, command, ...args]
  const output = options.logFile === null ? 'inherit' : openSync(options.logFile, 'a', 0o600)
  try {
    return spawn(program, rest, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', output, output],
    })
  } finally {
    if (typeof output === 'number') closeSync(output)
  }
}
