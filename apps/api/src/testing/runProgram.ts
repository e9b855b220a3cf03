import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { TestApi } from './createTestApi.ts'

export interface ProgramResult {
  code: number | null
  stdout: Buffer
  stderr: string
}

/** Runs one of the API's programs as it is run, on the test's own database, or another. */
export async function runProgram(
  { env }: TestApi,
  file: string,
  { args = [], input, databaseUrl }: { args?: string[]; input?: Buffer; databaseUrl?: string } = {},
): Promise<ProgramResult> {
  const root = `${import.meta.dirname}/../..`
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', `src/${file}`, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      TSX_TSCONFIG_PATH: `${root}/tsconfig.json`,
      DATABASE_URL: databaseUrl ?? env.DATABASE_URL_UNPOOLED ?? env.DATABASE_URL,
    },
  })
  const stdout: Buffer[] = []
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  // A program that refuses early does not read to the end.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: Buffer.concat(stdout), stderr }
}
