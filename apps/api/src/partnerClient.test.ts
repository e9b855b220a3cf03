import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { findChromium } from '@wellness/embedded/chromium'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePartnerWorld, type PartnerWorld } from './testing/partners/partnerWorld.ts'
import { runPage } from './testing/partners/runPage.ts'
import { startPartnerSite } from './testing/partners/startPartnerSite.ts'

const packed = resolve(import.meta.dirname, '../../../packages/api-client')
let world: PartnerWorld
beforeAll(async () => {
  world = await makePartnerWorld()
})
afterAll(() => world.close())

/** npm, the compiler, and each program are processes of their own. */
const TIMEOUT_MS = 120_000

test(
  'the packed client is installed elsewhere, without any other package, and does all that its page says',
  async () => {
    expect(await runPage(`${packed}/README.md`, world)).toBeGreaterThan(10)
    expect(readdirSync(`${world.folder.path}/node_modules/@wellness`)).toEqual(['api-client'])
    expect(readdirSync(`${world.folder.path}/node_modules`).filter((name) => !name.startsWith('.'))).toEqual([
      '@wellness',
    ])
  },
  TIMEOUT_MS,
)

test(
  'its types are sound by themselves, in a project that knows browsers and no Node',
  async () => {
    await world.folder.sh('rm -f *.mjs *.ts')
    await world.folder.write(
      'page.ts',
      `import { createApiClient } from '@wellness/api-client'
    import { HistoryDocument, type SessionStatus, StartSessionDocument } from '@wellness/api-client/operations'
    import { ApiError } from '@wellness/api-client/apiError'
    const client = createApiClient({ url: '/graphql', token: 'key' })
    for await (const session of client.each(HistoryDocument, { first: 50 }, ({ me }) => me?.sessions)) {
      const status: SessionStatus = session.status
      // @ts-expect-error No session has one.
      session.notes
      console.log(status)
    }
    // @ts-expect-error It takes an input.
    await client.request(StartSessionDocument)
    // @ts-expect-error This is no field of it.
    await client.request(StartSessionDocument, { input: { zone: 'UTC' } })
    const { code } = new ApiError('x', { code: 'FORBIDDEN', status: 403, requestId: null, retryAfterSeconds: null })
    if (code === 'RATE_LIMITED') console.log(code)
    `,
    )
    await world.folder.checkTypes({ types: [], skipLibCheck: false })
  },
  TIMEOUT_MS,
)

test('each part of it has one name', async () => {
  const manifest = JSON.parse(await readFile(`${packed}/package.json`, 'utf8')) as {
    exports: Record<string, { default: string }>
  }
  const files = Object.values(manifest.exports).map((entry) => entry.default)
  expect(files).toHaveLength(new Set(files).size)
})

test('what is packed is what runs, and no test of it', async () => {
  const files = await world.folder.sh('tar -tzf wellness-api-client-*.tgz')
  expect(files).toContain('package/LICENSE')
  expect(files).toContain('package/dist/client.js')
  expect(files).not.toMatch(/test|tsbuildinfo|operations\//)
})

/** As a module of a page, as it was packed: without a bundler, and without anything of Node. */
const IN_PAGE = `async (token) => {
  const { createApiClient } = await import('@wellness/api-client')
  const { HistoryDocument } = await import('@wellness/api-client/operations')
  const client = createApiClient({ url: '/graphql', token })
  const ids = new Set()
  for await (const { id } of client.each(HistoryDocument, { first: 50 }, (data) => data.me?.sessions)) ids.add(id)
  return ids.size
}`

test(
  'it runs in a browser with a key, through the page’s own server',
  async () => {
    const key = await world.makeKey(await world.makePerson())
    const site = await startPartnerSite(
      world.api.url,
      `${world.folder.path}/node_modules/@wellness/api-client`,
    )
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-dev-shm-usage',
      ],
    })
    try {
      const page = await browser.newPage()
      await page.goto(site.url)
      expect(await page.evaluate(`(${IN_PAGE})(${JSON.stringify(key)})`)).toBe(120)
    } finally {
      await browser.close()
      site.stop()
    }
  },
  TIMEOUT_MS,
)
