import { execFile } from 'node:child_process'
import type { Program } from './findPrograms.ts'

export interface RunOptions extends Program {
  /** Begins the message of a failure. */
  name: string
  env: NodeJS.ProcessEnv
  signal?: AbortSignal | undefined
}

const MAX_OUTPUT_BYTES = 50_000_000

/** Runs a program that does one thing and ends; its output matters only when it fails. */
export function runToEnd({ name, command, cwd, env, signal }: RunOptions): Promise<string> {
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env, signal, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else if (signal?.aborted === true) reject(error)
      else reject(new Error(`${name} failed:\n${stdout}${stderr}`.trimEnd(), { cause: error }))
    })
  })
}
