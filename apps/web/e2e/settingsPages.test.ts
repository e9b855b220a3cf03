import { LoginsDocument } from '@wellness/api-client/operations'
import { API_KEY_NAME_MAX_LENGTH, API_KEYS_MAX, NAME_MAX_LENGTH } from '@wellness/domain/limits'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addKeys } from './addKeys.ts'
import { askForKey } from './askForKey.ts'
import { findFaults } from './findFaults.ts'
import { useHarness } from './harness.ts'
import { lookAt } from './lookAt.ts'
import { openDone } from './openDone.ts'

const harness = useHarness()

/** Every page of the settings, in every state that looks different. */
const settingsPages: Record<string, (page: Page) => Promise<unknown>> = {
  profile: (page) => page.goto('/settings/profile'),
  'profile, refused': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('a'.repeat(NAME_MAX_LENGTH + 1))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').waitFor()
  },
  'profile, saved': async (page) => {
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('W'.repeat(NAME_MAX_LENGTH))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your name is saved.').waitFor()
  },
  password: (page) => page.goto('/settings/password'),
  'password, refused': async (page) => {
    await page.goto('/settings/password')
    await page.getByLabel('Current password', { exact: true }).fill('wrong')
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByRole('alert').waitFor()
  },
  'password, changed': (page) =>
    openDone(page, '/settings/password', 'password-changed', 'Your password is changed'),
  'e-mail': (page) => page.goto('/settings/email'),
  'e-mail, refused': async (page) => {
    await page.goto('/settings/email')
    await page.getByLabel('New e-mail address').fill('no-address')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('alert').waitFor()
  },
  'e-mail, asked for': async (page) => {
    await page.goto('/settings/email')
    await page.getByLabel('New e-mail address').fill(`${'long-'.repeat(12)}@${'sub.'.repeat(40)}example.com`)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('We’ve sent a link to').waitFor()
  },
  devices: (page) => page.goto('/settings/devices'),
  activity: (page) => page.goto('/settings/activity'),
  'your data': (page) => page.goto('/settings/data'),
  'your data, no file yet': (page) => openDone(page, '/settings/data', 'export-away', 'there’s no file yet'),
  'delete the account': (page) => page.goto('/settings/data/delete'),
  'delete the account, refused': async (page) => {
    await page.goto('/settings/data/delete')
    await page.getByLabel('Type your e-mail address').fill('somebody-else@example.com')
    await page.getByRole('button', { name: 'Delete my account for good' }).click()
    await page.getByRole('alert').waitFor()
  },
  'confirm, with nothing waiting': (page) => page.goto('/settings/confirm'),
  'confirm, refused': async (page) => {
    await page.goto('/settings/confirm')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('alert').waitFor()
  },
}

/** As they come one after the other: each has what the one before left. */
const keyPages: Record<string, (page: Page) => Promise<unknown>> = {
  'keys, none': (page) => page.goto('/settings/keys'),
  'keys, a new one': (page) => page.goto('/settings/keys/new'),
  'keys, a new one, refused': (page) => askForKey(page, ''),
  'keys, a new one, made': async (page) => {
    await askForKey(page, 'W'.repeat(API_KEY_NAME_MAX_LENGTH), 'See your sessions')
    await page.getByLabel('Your new API key').waitFor()
  },
  'keys, shown before': async (page) => {
    await page.goto('/settings/keys/made')
    await page.getByText('A key is shown only once').waitFor()
  },
  'keys, one that is to be revoked': async (page) => {
    await page.goto('/settings/keys')
    await page.getByText('Revoke…').click()
    await page.getByRole('button', { name: 'Revoke this key' }).waitFor()
  },
  'devices, with a key': (page) => page.goto('/settings/devices'),
}

test('every page of the settings is without fault', { timeout: 180_000 }, async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  expect(await lookAt(page, settingsPages, harness.webUrl)).toEqual({})
})

test('every page about API keys is without fault', { timeout: 180_000 }, async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  expect(await lookAt(page, keyPages, harness.webUrl)).toEqual({})
})

test(
  'what waits in the settings for a proof or a person is without fault',
  { timeout: 180_000 },
  async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person)
    const faults = await lookAt(
      page,
      {
        'devices, many, with one that waits to be signed out': async () => {
          for (let count = 0; count < 12; count++)
            await harness.newPageOf(person, { userAgent: 'Unheard-of/1.0' })
          const { me } = await person.api.request(LoginsDocument)
          const kept = {
            id: 'kept-act',
            userId: me?.id,
            path: '/settings/devices',
            values: { intent: 'one', loginId: me?.logins[0]?.id },
          }
          const value = encodeURIComponent(JSON.stringify([kept]))
          await page.context().addCookies([{ name: 'kept-forms', value, url: harness.webUrl }])
          await page.goto('/settings/confirm?kept=kept-act')
          await page.getByText('The device you chose will be signed out.').waitFor()
          await page.goto('/settings/devices?kept=kept-act')
          await page.getByRole('button', { name: 'Do it now' }).waitFor()
        },
        'a copy of the data, an address and a deletion that waited': async () => {
          const { me } = await person.api.request(LoginsDocument)
          for (const [path, values, text] of [
            ['/settings/data', {}, 'You can download your copy now.'],
            [
              '/settings/email',
              { newEmail: `${'long-'.repeat(10)}@example.com` },
              'interrupted before the link was sent.',
            ],
            ['/settings/data/delete', { email: person.email }, 'Nothing has been deleted yet.'],
          ] as const) {
            const value = encodeURIComponent(
              JSON.stringify([{ id: 'kept-act', userId: me?.id, path, values }]),
            )
            await page.context().addCookies([{ name: 'kept-forms', value, url: harness.webUrl }])
            await page.goto('/settings/confirm?kept=kept-act')
            expect(await findFaults(page)).toEqual([])
            await page.goto(`${path}?kept=kept-act`)
            await page.getByText(text).waitFor()
            expect(await findFaults(page)).toEqual([])
          }
        },
        'a key that waited to be made': async () => {
          const { me } = await person.api.request(LoginsDocument)
          const kept = {
            id: 'kept-act',
            userId: me?.id,
            path: '/settings/keys/new',
            values: {
              name: 'W'.repeat(API_KEY_NAME_MAX_LENGTH),
              scopes: 'PROFILE_READ',
              expiry: 'never',
              clientKeyId: crypto.randomUUID(),
            },
          }
          const value = encodeURIComponent(JSON.stringify([kept]))
          await page.context().addCookies([{ name: 'kept-forms', value, url: harness.webUrl }])
          await page.goto('/settings/confirm?kept=kept-act')
          await page.getByText('will be created.').waitFor()
          expect(await findFaults(page)).toEqual([])
          await page.goto('/settings/keys/new?kept=kept-act')
          await page.getByText('What you chose is still here.').waitFor()
        },
        'keys, as many as can be, with one that waits to be revoked': async () => {
          await addKeys(person, ['W'.repeat(API_KEY_NAME_MAX_LENGTH), 'Last month'], { areExpired: true })
          await addKeys(
            person,
            Array.from({ length: API_KEYS_MAX - 2 }, (_, index) => `Key ${index}`),
          )
          const { me } = await person.api.request(LoginsDocument)
          const values = { keyId: me?.apiKeys[0]?.id }
          const kept = { id: 'kept-act', userId: me?.id, path: '/settings/keys', values }
          const value = encodeURIComponent(JSON.stringify([kept]))
          await page.context().addCookies([{ name: 'kept-forms', value, url: harness.webUrl }])
          await page.goto('/settings/keys?kept=kept-act')
          await page.getByText('You were interrupted before').waitFor()
          await page.getByRole('button', { name: 'Revoke this key' }).waitFor()
        },
        'keys, no more can be made': (page) => page.goto('/settings/keys/new'),
        'something that waits no more': async () => {
          await page.goto('/settings/email?kept=made-up-')
          await page.getByText('What you asked for earlier is no longer waiting.').waitFor()
        },
        'a form that was open for somebody else': async () => {
          await page.goto('/settings/profile')
          await page
            .locator('input[name=userId]')
            .evaluate((input: HTMLInputElement) => (input.value = 'user_x'))
          await page.getByRole('button', { name: 'Save' }).click()
          await page.getByRole('heading', { name: 'Somebody else is signed in here now' }).waitFor()
        },
      },
      harness.webUrl,
    )
    expect(faults).toEqual({})
  },
)

/** The smallest screens there are: what is around a page must leave room for it. */
test.each([true, false])(
  'on 320 × 568 the ways around take a third of the screen at most, and show where one is; with JavaScript: %s',
  async (javaScriptEnabled) => {
    const viewport = { width: 320, height: 568 }
    const page = await harness.newPageOf(await harness.sharedPerson(), { javaScriptEnabled, viewport })
    for (const path of ['profile', 'devices', 'keys', 'data']) {
      await page.goto(`/settings/${path}`)
      const title = await page.getByRole('heading', { level: 1 }).boundingBox()
      expect(title?.y).toBeLessThan(viewport.height / 3)
      const items = page.locator('nav[aria-label=Settings] a')
      const rows = await items.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top))
      expect(new Set(rows).size).toBe(1)
      const current = page.locator('nav[aria-label=Settings] [aria-current=page]')
      const isInView = async () => {
        const box = await current.boundingBox()
        return box !== null && box.x >= 0 && box.x + box.width <= viewport.width
      }
      await expect.poll(isInView).toBe(true)
    }
  },
)

test('a name as long as can be takes two lines of a page, which has all of it', async () => {
  const person = await harness.newPerson('Wolf '.repeat(51).trim())
  for (const width of [320, 1280]) {
    const page = await harness.newPageOf(person, { viewport: { width, height: 800 } })
    await page.goto('/today')
    const title = page.getByRole('heading', { level: 1 })
    const lineHeight = await title.evaluate((element) => parseFloat(getComputedStyle(element).lineHeight))
    expect((await title.boundingBox())?.height).toBeLessThan(lineHeight * 2.5)
    expect(await title.getAttribute('title')).toBe(`Hello, ${'Wolf '.repeat(51).trim()}`)
    expect(await title.textContent()).toBe(`Hello, ${'Wolf '.repeat(51).trim()}`)
  }
})
