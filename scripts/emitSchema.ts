import { join, resolve } from 'node:path'
import { environment } from './env.ts'
import { runToEnd } from './product/runToEnd.ts'

const root = resolve(import.meta.dirname, '..')

/** Writes the schema that the API's code makes. */
export async function emitSchema(file: string): Promise<void> {
  const tsx = join(root, 'node_modules/.bin/tsx')
  await runToEnd({
    name: 'Emitting the schema',
    command: [tsx, '--conditions=source', 'src/emitSchema.ts', resolve(root, file)],
    cwd: join(root, 'apps/api'),
    env: environment,
  })
}
