import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findChromium } from '@wellness/embedded/chromium'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { makeDemoUser } from '../../../scripts/product/makeDemoUser.ts'
import { startTestProduct } from '../../../scripts/product/startTestProduct.ts'
import { askForKey } from './askForKey.ts'
import { openDone } from './openDone.ts'
import { openSent } from './openSent.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const OUT = join(ROOT, '.cache/screenshots')
/** Those that the documentation shows. */
const IN_DOCS = { 'session-desktop-light': 'session.png' }

const SIZES = {
  small: { width: 320, height: 568 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
}
const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(7)

type Open = (page: Page) => Promise<unknown>

const click = (page: Page, role: 'button' | 'link', name: string) =>
  page.getByRole(role, { name, exact: true }).click()

async function refuse(page: Page, path: string, fields: Record<string, string>, button: string) {
  await page.goto(path)
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text)
  await click(page, 'button', button)
  await page.getByRole('alert').waitFor()
}

const strangersPages: Record<string, Open> = {
  home: (page) => page.goto('/'),
  'sign-up': (page) => page.goto('/sign-up'),
  'sign-up-refused': (page) =>
    refuse(page, '/sign-up', { 'E-mail address': 'anna at example' }, 'Send me the link'),
  'sign-up-sent': (page) => openSent(page, '/sign-up/sent'),
  'choose-password': (page) => page.goto('/sign-up/complete?token=abc'),
  'choose-password-refused': (page) =>
    refuse(page, '/sign-up/complete?token=abc', { Password: 'too short' }, 'Create my account'),
  'link-spent': (page) =>
    refuse(
      page,
      '/sign-up/complete?token=abc',
      { Password: 'an old tree by the river' },
      'Create my account',
    ),
  'link-cut-short': (page) => page.goto('/sign-up/complete'),
  'sign-in': (page) => page.goto('/sign-in'),
  'sign-in-refused': (page) =>
    refuse(page, '/sign-in', { 'E-mail address': 'anna@example.com', Password: 'not this one' }, 'Sign in'),
  'reset-password': (page) => page.goto('/reset-password'),
  'reset-password-sent': (page) => openSent(page, '/reset-password/sent'),
  'reset-password-choose': (page) => page.goto('/reset-password/complete?token=abc'),
  'confirm-email': (page) => page.goto('/confirm-email?token=abc'),
  'confirm-email-done': (page) => openDone(page, '/confirm-email', 'new-address', 'Your address is changed'),
  'not-me': (page) => page.goto('/security/not-me?token=abc'),
  'not-me-done': (page) => openDone(page, '/security/not-me', 'locked-out', 'They’re locked out'),
  'not-me-done-without-link': (page) =>
    openDone(page, '/security/not-me', 'locked-out-without-link', 'We haven’t sent you a link'),
  goodbye: (page) => openDone(page, '/goodbye', 'account-deleted', 'Your account is deleted'),
  explorer: async (page) => {
    await page.goto('/explorer')
    await page.locator('button:enabled', { hasText: 'Who am I' }).waitFor()
  },
  partners: (page) => page.goto('/partners'),
  'partners-quick-start': (page) => page.goto('/partners/quick-start'),
  'partners-errors': (page) => page.goto('/partners/errors'),
  'partners-idempotency': (page) => page.goto('/partners/idempotency'),
  'partners-changelog': (page) => page.goto('/partners/changelog'),
  support: (page) => page.goto('/support'),
  privacy: (page) => page.goto('/privacy'),
  terms: (page) => page.goto('/terms'),
  'not-found': (page) => page.goto('/nothing-here'),
}

const ownPages: Record<string, Open> = {
  today: (page) => page.goto('/today'),
  session: async (page) => {
    await page.goto('/today')
    await click(page, 'button', 'Start a session')
    await page.waitForURL('**/session')
    await page.waitForTimeout(13_600)
  },
  'today-live': (page) => page.goto('/today'),
  'session-over': async (page) => {
    await page.goto('/session')
    await click(page, 'button', 'End the session')
    await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
  },
  history: (page) => page.goto('/history'),
  profile: (page) => page.goto('/settings/profile'),
  'profile-saved': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill(LONG_NAME)
    await click(page, 'button', 'Save')
    await page.getByText('Your name is saved.').waitFor()
  },
  'settings-password': (page) => page.goto('/settings/password'),
  'settings-password-refused': (page) =>
    refuse(
      page,
      '/settings/password',
      { 'Current password': 'wrong', 'New password': 'short' },
      'Change password',
    ),
  'settings-email': (page) => page.goto('/settings/email'),
  'settings-email-sent': async (page) => {
    await openSent(page, '/settings/email')
    await openDone(page, '/settings/email', 'email-link-sent', 'anna@example.com')
  },
  activity: (page) => page.goto('/settings/activity'),
  'settings-data': (page) => page.goto('/settings/data'),
  'settings-delete': (page) => page.goto('/settings/data/delete'),
  'explorer-answer': async (page) => {
    await page.goto('/explorer')
    await page.locator('button:enabled', { hasText: 'Page through the history' }).click()
    await page.getByRole('button', { name: /^Execute query/ }).click()
    await page.getByText(/^Status 200/).waitFor()
  },
  'keys-empty': async (page) => {
    await page.goto('/settings/keys')
    for (;;) {
      const summary = page.getByText('Revoke…').first()
      if ((await summary.count()) === 0) break
      await summary.click()
      await page.getByRole('button', { name: 'Revoke this key' }).first().click()
      await page.getByText('That key is revoked.').waitFor()
      await page.goto('/settings/keys')
    }
  },
  'keys-new': (page) => page.goto('/settings/keys/new'),
  'keys-new-refused': async (page) => {
    await page.goto('/settings/keys/new')
    await click(page, 'button', 'Create key')
    await page.getByRole('alert').waitFor()
  },
  'keys-made': async (page) => {
    await askForKey(page, 'Nightly copy of my sessions', 'See your sessions')
    await page.waitForURL('**/settings/keys/made')
  },
  keys: async (page) => {
    await askForKey(page, LONG_NAME.slice(0, 100), 'See who you are', 'See your sessions')
    await page.waitForURL('**/settings/keys/made')
    await page.goto('/settings/keys')
  },
  'keys-revoke': async (page) => {
    await page.goto('/settings/keys')
    await page.getByText('Revoke…').first().click()
  },
  'keys-shown-before': async (page) => {
    await page.goto('/settings/keys/made')
    await page.getByText('A key is shown only once').waitFor()
  },
  devices: (page) => page.goto('/settings/devices'),
  confirm: (page) => page.goto('/settings/confirm'),
  'confirm-refused': (page) => refuse(page, '/settings/confirm', { Password: 'not this one' }, 'Confirm'),
  'today-long-name': (page) => page.goto('/today'),
  'sign-out': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('Anna')
    await click(page, 'button', 'Save')
    await page.goto('/sign-out')
  },
}

const pagesWithoutApi: Record<string, Open> = {
  'support-api-away': (page) => page.goto('/support'),
  'api-away': async (page) => {
    // Any login will do: nobody is there to refuse it.
    await page.context().addCookies([{ name: 'login', value: 'a'.repeat(43), url: page.url() }])
    await page.goto('/today')
    await page.context().clearCookies()
  },
  'sign-in-api-away': (page) =>
    refuse(page, '/sign-in', { 'E-mail address': 'anna@example.com', Password: 'x' }, 'Sign in'),
}

/** Parts of the names of the pages that are wanted; none for all. */
const wanted = process.argv.slice(2)

/** Takes a picture of every page, on phone and desktop, light and dark, and puts those of the documentation there. */
async function main() {
  const dataDir = mkdtempSync(join(tmpdir(), 'wellness-screenshots-'))
  const product = await startTestProduct()
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const baseURL = product.addresses.AUTH_URL
  mkdirSync(OUT, { recursive: true })

  const takeAll = async (pages: Record<string, Open>, person: { email: string; password: string } | null) => {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ baseURL, viewport, colorScheme, locale: 'en-GB' })
        const page = await context.newPage()
        if (person) {
          await context.request.post('/sign-in', { form: { ...person }, headers: { origin: baseURL } })
        }
        for (const [name, open] of Object.entries(pages)) {
          if (wanted.length > 0 && !wanted.some((text) => name.includes(text))) continue
          await open(page)
          await page.waitForTimeout(300)
          await page.screenshot({ path: join(OUT, `${name}-${size}-${colorScheme}.png`), fullPage: true })
        }
        await context.close()
      }
    }
  }

  try {
    const demo = await makeDemoUser(product, dataDir, 'production', new AbortController().signal)
    await takeAll(strangersPages, null)
    await takeAll(ownPages, demo)
    process.kill(product.pids['api'] ?? 0, 'SIGKILL')
    await takeAll(pagesWithoutApi, null)
    mkdirSync(join(ROOT, 'docs/images'), { recursive: true })
    for (const [name, file] of Object.entries(wanted.length > 0 ? {} : IN_DOCS)) {
      copyFileSync(join(OUT, `${name}.png`), join(ROOT, 'docs/images', file))
    }
    process.stdout.write(`The pictures are in ${OUT}\n`)
  } finally {
    await browser.close()
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

await main()
