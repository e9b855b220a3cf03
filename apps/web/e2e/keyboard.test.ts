import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ageProofs } from './ageProofs.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()

/** Tabs until the element with this name has the focus, and sees that the focus shows. */
async function tabTo(page: Page, name: string) {
  for (let count = 0; count < 60; count++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      if (!element || element === document.body || element.id === 'main') return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const label =
        element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent
      return { label: label?.trim(), outline: `${outlineStyle} ${outlineWidth}` }
    })
    if (!focused) continue
    expect(focused.outline, `the focus on ${focused.label}`).toBe('solid 2px')
    if (focused.label === name) return
  }
  throw new Error(`The keyboard never came to ${name}`)
}

test('from signing in to signing out with the keyboard alone, and the focus is always seen', async () => {
  const person = await harness.sharedPerson()
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto('/')
  await tabTo(page, 'Sign in')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sign-in')

  await tabTo(page, 'E-mail address')
  await page.keyboard.type(person.email)
  await tabTo(page, 'Password')
  await page.keyboard.type(person.password)
  await tabTo(page, 'Show the password')
  await page.keyboard.press('Space')
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text')
  await tabTo(page, 'Sign in')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/today')

  await tabTo(page, 'Start a session')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/session')
  await tabTo(page, 'End the session')
  await page.keyboard.press('Space')
  await page.waitForURL('**/session/session_*')
  await tabTo(page, 'See your history')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/history')

  await page.reload()
  await tabTo(page, 'Sign out')
  await page.keyboard.press('Enter')
  await page.getByText('You’re signed out on this device.').waitFor()
})

test('the settings are walked through, and an act with its proof is done, with the keyboard alone', async () => {
  const person = await harness.sharedPerson()
  await harness.newPageOf(person)
  const page = await harness.newPageOf(person)
  await page.goto('/today')
  await tabTo(page, 'Settings')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/profile')
  for (const [name, path] of [
    ['Password', 'password'],
    ['E-mail', 'email'],
    ['API keys', 'keys'],
    ['Activity', 'activity'],
    ['Your data', 'data'],
    ['Devices', 'devices'],
  ] as const) {
    await page.reload()
    await tabTo(page, name)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/settings/${path}`)
    expect(await page.locator('nav[aria-label=Settings] [aria-current=page]').innerText()).toBe(name)
  }

  await ageProofs(person)
  await tabTo(page, 'Sign out all other devices')
  await page.keyboard.press('Space')
  await page.waitForURL('**/settings/confirm?kept=*')
  await tabTo(page, 'Password')
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('All other devices are signed out.').waitFor()
})

test('the password is changed, and the account deleted after a proof, with the keyboard alone', async () => {
  const person = await harness.newPerson('Anna')
  const page = await harness.newPageOf(person)
  await page.goto('/settings/password')
  await tabTo(page, 'Current password')
  await page.keyboard.type(person.password)
  await tabTo(page, 'New password')
  await page.keyboard.type('seven herons over the marsh')
  await tabTo(page, 'Change password')
  await page.keyboard.press('Enter')
  await page.getByText('Your password is changed, and your other devices are signed out.').waitFor()

  await page.goto('/settings/data')
  await tabTo(page, 'Delete my account…')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/data/delete')
  await ageProofs(person)
  await tabTo(page, 'Type your e-mail address')
  await page.keyboard.type(person.email)
  await tabTo(page, 'Delete my account for good')
  await page.keyboard.press('Space')
  await page.waitForURL('**/settings/confirm?kept=*')
  await tabTo(page, 'Password')
  await page.keyboard.type('seven herons over the marsh')
  await tabTo(page, 'Confirm')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing has been deleted yet.').waitFor()
  await tabTo(page, 'Delete my account for good')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Goodbye, and take care' }).waitFor()
})

test('another address is asked for, and a copy of the data downloaded, with the keyboard alone', async () => {
  const person = await harness.newPerson('Anna')
  const page = await harness.newPageOf(person)
  const newEmail = harness.newAddress()
  await page.goto('/settings/email')
  await ageProofs(person)
  await tabTo(page, 'New e-mail address')
  await page.keyboard.type('no address')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  // The focus is on what is wrong, whose link leads to the field.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(newEmail)
  await tabTo(page, 'Send the link')
  await page.keyboard.press('Space')
  await page.getByText(`We’ll send a link to ${newEmail}.`).waitFor()
  await tabTo(page, 'Password')
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText(newEmail).waitFor()

  await page.goto('/settings/data')
  await ageProofs(person)
  await tabTo(page, 'Download my data')
  await page.keyboard.press('Space')
  await page.getByText('Then you can download a copy of your data.').waitFor()
  await tabTo(page, 'Password')
  await page.keyboard.type(person.password)
  await tabTo(page, 'Confirm')
  await page.keyboard.press('Space')
  await page.getByText('You can download your copy now.').waitFor()
  await tabTo(page, 'Download my data')
  const downloading = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await downloading).suggestedFilename()).toBe('wellness-account.json')
})

test('an API key is made, copied and revoked with the keyboard alone', async () => {
  const page = await harness.newPageOf(await harness.newPerson('Anna'))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/settings/keys')
  await tabTo(page, 'Create a key')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/keys/new')
  await tabTo(page, 'Name')
  await page.keyboard.type('By hand')
  await tabTo(page, 'See your sessions')
  await page.keyboard.press('Space')
  await tabTo(page, '90 days')
  await page.keyboard.press('ArrowUp')
  await tabTo(page, 'Create key')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/keys/made')
  await tabTo(page, 'Your new API key')
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^wsk_/)
  await tabTo(page, 'Copy the key')
  await page.keyboard.press('Enter')
  await page.getByText('Copied.').waitFor()
  await tabTo(page, 'I’ve copied it')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/keys')
  await tabTo(page, 'Revoke…')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Revoke this key')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('That key is revoked.').waitFor()
})

test('the first Tab offers to skip to the content', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto('/privacy')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect.poll(async () => (await skip.boundingBox())?.y, { timeout: 10_000 }).toBeGreaterThanOrEqual(0)
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
})

test('after a change of page without a reload, the focus is at its content', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto('/')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.waitForURL('**/sign-up')
  await page.waitForFunction(() => document.activeElement?.id === 'main')
})
