import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { environment } from './env.ts'

const root = resolve(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const script = (name: string) => [process.execPath, '--conditions=source', `scripts/${name}`]

interface Step {
  name: string
  command: string[]
}

const projects = globSync(['{apps,packages}/*/{,e2e/}tsconfig.json', 'scripts/tsconfig.json'], {
  cwd: root,
}).sort()
const SOURCES = [
  'apps/*/{src,app,server,e2e,migrations,partner-pages}',
  'apps/*/*.ts',
  'packages/*/src',
  'scripts',
  '*.ts',
]
const steps: Step[] = [
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings=0'] },
  ...projects.map((project) => ({
    name: `types of ${project.replace('/tsconfig.json', '')}`,
    command: [bin('tsc'), '--noEmit', '-p', project],
  })),
  { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'arrows', command: [bin('depcruise'), ...globSync(SOURCES, { cwd: root })] },
  { name: 'dead code', command: [bin('knip')] },
  { name: 'emitted schema', command: script('checkSchema.ts') },
  { name: 'generated client', command: script('checkClient.ts') },
  { name: 'password filter', command: script('checkPasswordFilter.ts') },
  { name: 'contract', command: script('checkContract.ts') },
  { name: 'changelog', command: script('checkChangelog.ts') },
]

/** As many as CI has processors. */
const AT_ONCE = 2
const MAX_OUTPUT_BYTES = 50_000_000

const failed: string[] = []
const waiting = [...steps]
await Promise.all(Array.from({ length: AT_ONCE }, work))
console.log(failed.length === 0 ? 'All checks passed' : `Failed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await check(step)
}

function check({ name, command: [program = '', ...args] }: Step): Promise<void> {
  const startedAt = Date.now()
  return new Promise((done) => {
    const options = { cwd: root, maxBuffer: MAX_OUTPUT_BYTES, env: { ...environment, FORCE_COLOR: '0' } }
    execFile(program, args, options, (error, stdout, stderr) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
      console.log(`${error === null ? 'ok    ' : 'FAILED'} ${name.padEnd(28)} ${seconds.padStart(6)} s`)
      if (error !== null) {
        failed.push(name)
        console.log(`${stdout}${stderr}`.trimEnd() || error.message)
      }
      done()
    })
  })
}
