import { join, resolve } from 'node:path'
import { environment } from './env.ts'
import { runToEnd } from './product/runToEnd.ts'

const root = resolve(import.meta.dirname, '..')

/** Writes the filter of common passwords that the installed lists make. */
export async function writePasswordFilter(file: string): Promise<void> {
  await runToEnd({
    name: 'Building the filter of common passwords',
    command: [process.execPath, '--conditions=source', 'src/buildPasswordFilter.ts', resolve(root, file)],
    cwd: join(root, 'apps/api'),
    env: environment,
  })
}
