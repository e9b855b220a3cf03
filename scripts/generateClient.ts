import { join, resolve } from 'node:path'
import { environment } from './env.ts'
import { runToEnd } from './product/runToEnd.ts'

const root = resolve(import.meta.dirname, '..')

/** Writes the typed client out of schema and operations, or only says whether what is there is what it would write. */
export async function generateClient(what: 'write' | 'compare'): Promise<void> {
  const codegen = join(root, 'node_modules/.bin/graphql-codegen')
  await runToEnd({
    name: 'Generating the client',
    command: [codegen, '--config', 'codegen.ts', ...(what === 'compare' ? ['--check'] : [])],
    cwd: root,
    env: environment,
  })
}
