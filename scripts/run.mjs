// Runs a command of scripts/ on a machine that has any Node from 18 on: installs the packages if they are not those of
// package-lock.json, and goes on under the Node that is among them. Plain JavaScript, since it runs before any of that.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const scripts = {
  start: 'start.ts',
  dev: 'dev.ts',
  test: 'test.ts',
  check: 'check.ts',
  build: 'build.ts',
  generate: 'generate.ts',
  'publish:schema': 'publishSchema.ts',
  'build:password-filter': 'buildPasswordFilter.ts',
  'db:migrate': 'dbMigrate.ts',
  'db:reset': 'dbReset.ts',
  'db:backup': 'dbBackup.ts',
  'db:restore': 'dbRestore.ts',
  operator: 'operator.ts',
  bench: 'bench.ts',
  'verify:timing': 'verifyTiming.ts',
  'verify:controls': 'verifyControls.ts',
  'verify:servers': 'verifyServers.ts',
  'verify:containers': 'verifyContainers.ts',
  'verify:faults': 'verifyFaults.ts',
  'verify:soak': 'verifySoak.ts',
  'verify:fuzz': 'verifyFuzz.ts',
}
const stampFile = 'node_modules/.installed'
const REQUIRED_NODE = 24

const [command = '', ...args] = process.argv.slice(2)
if (!(command in scripts)) {
  console.error(`Unknown command "${command}". There are: ${Object.keys(scripts).join(', ')}`)
  process.exit(2)
}

let current = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => current?.kill(signal))
if (process.env.npm_lifecycle_event) {
  // npm that is killed hard tells nobody; without it nobody could stop us by Ctrl-C.
  const npm = process.ppid
  setInterval(() => process.ppid === npm || current?.kill('SIGTERM'), 500).unref()
}

if (!isInstalled()) await install()
const script = join('scripts', scripts[command])
process.exit(
  await run(findNode(), ['--conditions=source', script, ...args], ['inherit', 'inherit', 'inherit', 'ipc']),
)

/** What we installed leaves a stamp; what somebody installed by hand shows in the lock file that npm keeps among the packages. */
function isInstalled() {
  if (readText(stampFile) === hashManifests()) return true
  const wanted = readPackages('package-lock.json')
  const present = readPackages('node_modules/.package-lock.json')
  if (wanted === null || present === null) return false
  const names = Object.keys({ ...wanted, ...present }).filter((name) => name !== '')
  return names.every((name) => {
    // What is for another system is left out.
    if (present[name] === undefined) return wanted[name].optional === true
    return JSON.stringify(present[name]) === JSON.stringify(wanted[name])
  })
}

function hashManifests() {
  const hash = createHash('sha256')
  const folders = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  )
  for (const folder of ['', ...folders.sort()]) hash.update(readText(join(folder, 'package.json')) ?? '')
  return hash.update(readText('package-lock.json') ?? '').digest('hex')
}

function readPackages(file) {
  const text = readText(file)
  return text === null ? null : JSON.parse(text).packages
}

function readText(file) {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return null
  }
}

async function install() {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  console.log('Installing packages; the first time this takes about a minute')
  const progress = setInterval(() => console.log(`  still installing, ${seconds()} s`), 10_000)
  const npm = process.env.npm_execpath
  const code = npm ? await run(process.execPath, [npm, 'ci']) : await run('npm', ['ci'])
  clearInterval(progress)
  if (code !== 0) {
    console.error('npm ci failed: see above')
    process.exit(code)
  }
  writeFileSync(join(root, stampFile), hashManifests())
  console.log(`Installed in ${seconds()} s`)
}

function findNode() {
  const installed = join(root, 'node_modules/.bin/node')
  if (existsSync(installed)) return installed
  if (Number.parseInt(process.versions.node, 10) >= REQUIRED_NODE) return process.execPath
  console.error(`Node ${REQUIRED_NODE} or newer is needed on this system; this is ${process.versions.node}`)
  process.exit(1)
}

/** Asynchronous, so that signals are heard meanwhile. Gives the exit code. */
function run(program, programArgs, stdio = 'inherit') {
  return new Promise((resolve) => {
    current = spawn(program, programArgs, { cwd: root, stdio })
    current.once('error', (error) => {
      console.error(`${program}: ${error.message}`)
      resolve(1)
    })
    current.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}
