import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { pageFiles } from '../partner-pages/pageFiles.ts'
import { ask } from './ask.ts'
import { askForKey } from './askForKey.ts'
import { useHarness } from './harness.ts'
import { lookAt } from './lookAt.ts'

const harness = useHarness()
const paths = pageFiles.map(({ slug }) => (slug === '' ? '/partners' : `/partners/${slug}`))
const hasHeading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

/** The examples of the page that is open, in their order, as somebody copies them. */
function readExamples(page: Page): Promise<{ label: string; text: string }[]> {
  return page.locator('figure').evaluateAll((figures) =>
    figures.map((figure) => ({
      label: figure.querySelector('figcaption span')?.textContent ?? '',
      text: figure.querySelector('pre')?.textContent ?? '',
    })),
  )
}

/** What is shown, with an ellipsis where it differs from time to time. */
function toPattern(shown: string): RegExp {
  const parts = shown.trim().split('…')
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`)
}

test('a new partner gets from the start page by its links to a first call, a script, and the client', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wellness-new-partner-'))
  try {
    const page = await harness.newPageOf(await harness.newPerson('Anna'))
    await page.goto('/')
    await page.getByRole('contentinfo').getByRole('link', { name: 'For developers' }).click()
    await page.getByRole('article').getByRole('link', { name: 'Quick start' }).click()
    await hasHeading(page, 'Quick start')
    const examples = await readExamples(page)

    await page.getByRole('link', { name: 'Make an API key' }).click()
    await page.getByLabel('Name').fill('Trial')
    for (const scope of ['See who you are', 'See your sessions', 'Run sessions for you'])
      await page.getByLabel(scope).check()
    await page.getByRole('button', { name: 'Create key' }).click()
    const key = await page.getByLabel('Your new API key').inputValue()

    // One terminal, with nothing in it but what every system has; no registry of packages can be reached.
    const env = {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
      HOME: folder,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      npm_config_update_notifier: 'false',
      npm_config_audit: 'false',
    }
    const [paste, ...commands] = examples
    expect(paste?.text).toContain('read -rs WELLNESS_API_KEY')
    let output = ''
    let compared = 0
    for (const { label, text } of commands) {
      if (label === 'Shell') {
        const script = `${paste?.text}\n${text}`
        const running = promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
          cwd: folder,
          env,
        })
        running.child.stdin?.end(`${key}\n`)
        output = (await running).stdout
      } else if (label === 'Answer') {
        const { data } = JSON.parse(output) as { data: { me: { name: string } } }
        const shown = JSON.parse(text) as typeof data extends infer D ? { data: D } : never
        expect(Object.keys(data.me)).toEqual(Object.keys(shown.data.me))
        expect(data.me.name).toBe(shown.data.me.name)
        compared += 1
      } else if (label === 'Output') {
        expect(output.trim()).toMatch(toPattern(text))
        compared += 1
      } else await writeFile(join(folder, label), text)
    }
    expect(compared).toBe(3)
    expect(await readdir(join(folder, 'node_modules/@wellness'))).toEqual(['api-client'])
  } finally {
    await rm(folder, { recursive: true })
  }
}, 120_000)

test('the explorer, the page of keys, and the page of a new key lead there', async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  await page.goto('/explorer')
  await page.getByRole('link', { name: 'the guide for developers' }).click()
  await hasHeading(page, 'For developers')
  await page.goto('/settings/keys')
  await page.getByRole('link', { name: 'quick start' }).click()
  await hasHeading(page, 'Quick start')
  await askForKey(page, 'Linked', 'See who you are')
  await page.getByRole('link', { name: 'quick start' }).click()
  await hasHeading(page, 'Quick start')
})

test('every page, and every file that one links to, is reached from the first by links, without JavaScript', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl, javaScriptEnabled: false })
  const seen = new Set<string>()
  const waiting = ['/partners']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    if (/\.\w+$/.test(path)) {
      expect((await ask(harness.webUrl + path)).status, path).toBe(200)
      continue
    }
    expect((await page.goto(path))?.status(), path).toBe(200)
    const links = page.locator('main a')
    const hrefs = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
    for (const url of hrefs.map((href) => new URL(href))) {
      if (url.origin === harness.webUrl && url.pathname.startsWith('/partners')) waiting.push(url.pathname)
      else if (url.origin === harness.webUrl) expect((await page.request.get(url.href)).status()).toBe(200)
      else expect((await fetch(url)).status, url.href).toBe(200)
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(paths))
  expect([...seen].filter((path) => path.startsWith('/partners/schema/'))).not.toEqual([])
})

test('examples name this very site, wherever it runs', async () => {
  for (const path of paths) {
    const { body } = await ask(harness.webUrl + path)
    expect(body, path).not.toMatch(/localhost:(3000|4000)\b/)
  }
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto('/partners/quick-start')
  const texts = (await readExamples(page)).map(({ text }) => text).join('\n')
  expect(texts).toContain(`${inject('product').apiUrl}/graphql`)
  expect(texts).toContain(`npm install ${harness.webUrl}/partners/wellness-api-client-`)
})

test('no page has a fault that can be found', { timeout: 240_000 }, async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  const pages = Object.fromEntries(paths.map((path) => [path, (at: Page) => at.goto(path)]))
  expect(await lookAt(page, pages, harness.webUrl)).toEqual({})
})

test('by keyboard: an example is reached, scrolls on its own, and is copied', async () => {
  const page = await harness.newPage({
    baseURL: harness.webUrl,
    viewport: { width: 320, height: 640 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto('/partners/quick-start')
  const example = page.getByRole('group', { name: 'Example: practise.mjs' })
  await page.getByRole('button', { name: 'Copy: practise.mjs' }).waitFor()
  const isReached = () => example.evaluate((element) => element === document.activeElement)
  for (let count = 0; count < 80 && !(await isReached()); count += 1) await page.keyboard.press('Tab')
  expect(await isReached()).toBe(true)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => example.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0)
  expect(await page.evaluate(() => scrollX)).toBe(0)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await example.innerText())
})

test('a heading leads to itself, and an address with it opens there', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto('/partners/errors')
  await page.getByRole('link', { name: 'In a program' }).click()
  expect(new URL(page.url()).hash).toBe('#in-a-program')
  await page.goto('/partners')
  await page.goto('/partners/errors#in-a-program')
  const top = () =>
    page
      .getByRole('heading', { name: 'In a program' })
      .evaluate((heading) => heading.getBoundingClientRect().top)
  await expect.poll(top).toBeLessThan(200)
  expect(await top()).toBeGreaterThanOrEqual(0)
})

test('a page that there is not, is not found', async () => {
  for (const path of [
    '/partners/nothing',
    '/partners/__proto__',
    '/partners/quick-start/more',
    '/partners/x.tgz',
  ])
    expect((await ask(harness.webUrl + path)).status, path).toBe(404)
})

test('costs other pages nothing: none of them loads a byte of it', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  const names: string[] = []
  page.on('response', (response) => names.push(new URL(response.url()).pathname))
  for (const path of ['/', '/today', '/history', '/settings/keys'])
    await page.goto(path, { waitUntil: 'networkidle' })
  expect(names.filter((name) => /partners|CodeBlock|marked/i.test(name))).toEqual([])
  const { body } = await ask(`${harness.webUrl}/partners/limits`)
  const own = [...body.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([name]) => name)
  const scripts = await Promise.all(own.map(async (name) => (await ask(harness.webUrl + name)).body))
  expect(scripts.join('')).not.toMatch(/What an operation costs/)
})
