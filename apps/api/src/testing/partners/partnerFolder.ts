import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../../../../..')
const run = promisify(execFile)

export interface PartnerFolder {
  path: string
  /** Runs a script of bash in the folder; gives what it wrote to its output. */
  sh(script: string, variables?: Record<string, string>): Promise<string>
  /** Writes a program, and has the compiler look at it. */
  write(file: string, text: string): Promise<void>
  /** Looks at every program that was written, as strictly as the compiler can; throws what it finds. */
  checkTypes(options?: Record<string, unknown>): Promise<void>
  remove(): Promise<void>
}

/** A folder of somebody else's, outside the repository, in which the packed client lies. */
export async function makePartnerFolder(): Promise<PartnerFolder> {
  const path = await mkdtemp(join(tmpdir(), 'wellness-partner-'))
  const env = {
    // The Node that runs this, and what the system has; nothing that is set for us.
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: path,
    // What a dependency of the client would need could not be had.
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  const client = join(root, 'packages/api-client')
  const npm = { ...env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${env.PATH}` }
  await run('npm', ['pack', '--silent', '--pack-destination', path], { cwd: client, env: npm })
  await writeFile(join(path, 'package.json'), '{"type":"module"}')
  await run('bash', ['-c', 'npm install --silent ./wellness-api-client-*.tgz'], { cwd: path, env })

  return {
    path,
    sh: async (script, variables = {}) => {
      const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
        cwd: path,
        env: { ...env, ...variables },
      })
      return stdout
    },
    write: (file, text) => writeFile(join(path, file), text),
    checkTypes: async (options = {}) => {
      const compilerOptions = {
        strict: true,
        allowJs: true,
        checkJs: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        target: 'es2023',
        lib: ['es2023', 'dom'],
        module: 'nodenext',
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        skipLibCheck: true,
        ...options,
      }
      await writeFile(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }))
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      await run(process.execPath, [tsc, '-p', path]).catch((error: { stdout: string }) => {
        throw new Error(error.stdout)
      })
    },
    remove: () => rm(path, { recursive: true }),
  }
}
