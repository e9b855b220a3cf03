import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { findExecutable } from './findExecutable.ts'

export interface TiedOptions {
  /** Standard output and error are appended here. */
  logFile: string
  /** What the kernel sends when this process dies, however it dies. */
  deathSignal: 'INT' | 'TERM'
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** A program and its arguments that run the command, before everything else. */
  wrapper?: string[]
  /** Opens a message channel, through which a Node child notices the end of this process on any system. */
  channel?: boolean
}

/**
 * Starts a server that ends with us. It is in a session of its own, since Ctrl-C reaches the whole foreground group of a
 * terminal at once and services must outlive those who use them; and Linux signals it when this process is killed hard.
 */
export function spawnTied(command: string, args: string[], options: TiedOptions): ChildProcess {
  const setpriv = process.platform === 'linux' ? findExecutable(['setpriv']) : null
  const tie = setpriv === null ? [] : [setpriv, '--pdeathsig', options.deathSignal, '--']
  const [program = command, ...rest] = [...(options.wrapper ?? []), ...tie, command, ...args]
  const log = openSync(options.logFile, 'a', 0o600)
  try {
    return spawn(program, rest, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: options.channel === true ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}
