import { join, resolve } from 'node:path'

export type Mode = 'production' | 'development'

export interface Program {
  command: string[]
  cwd: string
}

type ProgramName = 'api' | 'worker' | 'web' | 'migrate' | 'demo' | 'operator' | 'backUp' | 'restore'

const root = resolve(import.meta.dirname, '../..')
const api = join(root, 'apps/api')
const web = join(root, 'apps/web')
const bin = join(root, 'node_modules/.bin')

/** How each process of the product is run: what was built, or the sources, started again when they change. */
export function findPrograms(mode: Mode): Record<ProgramName, Program> {
  if (mode === 'production') {
    const node = (cwd: string, file: string): Program => ({ command: [process.execPath, file], cwd })
    return {
      api: node(api, 'dist/src/main.js'),
      worker: node(api, 'dist/src/worker.js'),
      migrate: node(api, 'dist/src/migrate.js'),
      demo: node(api, 'dist/src/demo.js'),
      operator: node(api, 'dist/src/operator.js'),
      backUp: node(api, 'dist/src/backUp.js'),
      restore: node(api, 'dist/src/restore.js'),
      web: node(web, 'build/main.js'),
    }
  }
  const tsx = (...args: string[]): Program => ({ command: [join(bin, 'tsx'), ...args], cwd: api })
  return {
    api: tsx('watch', '--clear-screen=false', '--conditions=source', 'src/main.ts'),
    worker: tsx('watch', '--clear-screen=false', '--conditions=source', 'src/worker.ts'),
    migrate: tsx('--conditions=source', 'src/migrate.ts'),
    demo: tsx('--conditions=source', 'src/demo.ts'),
    operator: tsx('--conditions=source', 'src/operator.ts'),
    backUp: tsx('--conditions=source', 'src/backUp.ts'),
    restore: tsx('--conditions=source', 'src/restore.ts'),
    web: { command: ['npm', 'run', 'dev', '--silent'], cwd: web },
  }
}
