import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from '../env.ts'
import { findPrograms } from './findPrograms.ts'

export interface DatabaseProgram {
  name: 'operator' | 'backUp' | 'restore'
  databaseUrl: string
  args?: string[]
  /** Files that are read and written in place of ours. */
  stdin?: number
  stdout?: number
}

/** Runs a program of the API on a database, from the sources; its own words are for the person who asked for it. */
export async function runOnDatabase(program: DatabaseProgram): Promise<number> {
  const { command, cwd } = findPrograms('development')[program.name]
  const [file = '', ...args] = [...command, ...(program.args ?? [])]
  const child = spawn(file, args, {
    cwd,
    stdio: [program.stdin ?? 'ignore', program.stdout ?? 'inherit', 'inherit'],
    env: { ...environment, DATABASE_URL: program.databaseUrl, DATABASE_URL_UNPOOLED: program.databaseUrl },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
