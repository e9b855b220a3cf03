import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from '../env.ts'
import { claimDataDir } from './claimDataDir.ts'
import { runToEnd } from './runToEnd.ts'

const root = resolve(import.meta.dirname, '../..')
const cache = join(root, '.cache/build')
const stamp = join(cache, 'sources.sha256')
const bin = join(root, 'node_modules/.bin')

const SOURCES = [
  'package-lock.json',
  'tsconfig.json',
  '{apps,packages}/*/**/*.{ts,tsx,js,json,css,svg,png,ico,txt,woff2,webmanifest}',
  // Two asterisks pass over folders that begin with a dot.
  'apps/web/app/.server/**/*.ts',
  // What partners read is made into pages.
  'docs/partners/**/*.{md,graphql,json}',
  'packages/api-client/README.md',
]
/** Not part of what runs: a change there needs no build. */
const EXCLUDED = /(^|\/)(node_modules|dist|build|e2e|testing|embedded)(\/|$)|\.test\.tsx?$/
const PRODUCTS = ['apps/api/dist/src/main.js', 'apps/web/build/main.js']
const PROGRESS_MS = 10_000

/** Builds API and web app, unless what is built was built of these very sources. One build at a time. */
export async function buildProduct(report: (line: string) => void, signal?: AbortSignal): Promise<void> {
  let claim = await claimDataDir(cache)
  while (claim === null) {
    signal?.throwIfAborted()
    await delay(200)
    claim = await claimDataDir(cache)
  }
  try {
    const sources = hashSources()
    if (isBuilt(sources)) return
    rmSync(stamp, { force: true })
    const startedAt = Date.now()
    const seconds = (): number => Math.round((Date.now() - startedAt) / 1000)
    report('Building the product')
    const progress = setInterval(() => report(`  still building, ${seconds()} s`), PROGRESS_MS)
    try {
      removeStaleOutput()
      const env = { ...environment, NODE_ENV: 'production' }
      await runToEnd({
        name: 'The build of the API',
        command: [join(bin, 'tsc'), '-b'],
        cwd: root,
        env,
        signal,
      })
      const web = ['npm', 'run', 'build', '--silent', '-w', 'apps/web']
      await runToEnd({ name: 'The build of the web app', command: web, cwd: root, env, signal })
    } finally {
      clearInterval(progress)
    }
    mkdirSync(cache, { recursive: true })
    writeFileSync(stamp, sources)
    report(`Built in ${seconds()} s`)
  } finally {
    claim.release()
  }
}

function hashSources(): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of globSync(SOURCES, { cwd: root, exclude: (path) => EXCLUDED.test(path) }).sort()) {
    if (!EXCLUDED.test(file)) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function isBuilt(sources: string): boolean {
  const present = PRODUCTS.every((file) => existsSync(join(root, file)))
  return present && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
}

/** The compiler leaves what it made of files that are gone, and a migration among them would still be run. */
function removeStaleOutput(): void {
  for (const [folder, sources] of [
    ['apps/api/dist', 'apps/api'],
    ...globSync('packages/*/dist', { cwd: root }).map((dist) => [dist, dist.replace(/dist$/, 'src')]),
  ] as [string, string][]) {
    for (const file of globSync('**/*.js', { cwd: join(root, folder) })) {
      if (existsSync(join(root, sources, file.replace(/\.js$/, '.ts')))) continue
      const base = join(root, folder, file.replace(/\.js$/, ''))
      for (const ending of ['.js', '.js.map', '.d.ts']) rmSync(`${base}${ending}`, { force: true })
    }
  }
}
