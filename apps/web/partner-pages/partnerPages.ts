import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Plugin } from 'vite'
import { pageFiles } from './pageFiles.ts'
import { renderPage } from './renderPage.ts'

const root = resolve(import.meta.dirname, '../../..')
const DOCS = 'docs/partners'
const PAGE = /\.md\?page$/

/**
 * Makes modules of the Markdown that partners read, and files to be taken home: the client as one package, and the published
 * schemas. All of it happens in the build; what runs has no Markdown and reads no file.
 */
export function partnerPages(): Plugin {
  let isForBrowsers = false
  return {
    name: 'partner-pages',
    configResolved({ build }) {
      isForBrowsers = !build.ssr
      const listed = new Set(pageFiles.map(({ file }) => file))
      const missing = globSync(`${DOCS}/*.md`, { cwd: root }).filter((file) => !listed.has(file))
      if (missing.length > 0) throw new Error(`These pages have no place in the menu: ${missing.join(', ')}`)
    },
    async load(id) {
      if (!PAGE.test(id)) return null
      const file = id.replace('?page', '')
      this.addWatchFile(file)
      return `export default ${JSON.stringify(renderPage(await readFile(file, 'utf8'), relative(root, file)))}`
    },
    async generateBundle() {
      if (!isForBrowsers) return
      for (const [fileName, source] of await readDownloads())
        this.emitFile({ type: 'asset', fileName, source })
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = request.url?.replace(/^\/|\?.*$/g, '') ?? ''
        if (!/^partners\/.+\.\w+$/.test(path)) return next()
        readDownloads().then((files) => {
          const source = files.get(path)
          return source ? response.end(source) : next()
        }, next)
      })
    },
  }
}

async function readDownloads(): Promise<Map<string, Buffer>> {
  const schemas = globSync(`${DOCS}/schema/*`, { cwd: root }).map(
    async (file) => [`partners/schema/${basename(file)}`, await readFile(join(root, file))] as const,
  )
  return new Map(await Promise.all([packClient(), ...schemas]))
}

async function packClient(): Promise<[path: string, content: Buffer]> {
  const folder = await mkdtemp(join(tmpdir(), 'wellness-client-'))
  try {
    const workspace = ['--workspace=@wellness/api-client', `--pack-destination=${folder}`]
    await promisify(execFile)('npm', ['pack', '--silent', ...workspace], { cwd: root })
    const [file = ''] = globSync('*.tgz', { cwd: folder })
    return [`partners/${file}`, await readFile(join(folder, file))]
  } finally {
    await rm(folder, { recursive: true })
  }
}
