import { LoginsDocument, MeDocument } from '@wellness/api-client/operations'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { ageProofs } from './ageProofs.ts'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

async function countLogins({ api }: Person): Promise<number | undefined> {
  return (await api.request(LoginsDocument)).me?.logins.length
}

async function findCookie(page: Page, wanted: string): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === wanted)?.value
}

const findLogin = (page: Page) => findCookie(page, 'login')

async function confirm(page: Page, { password }: Person) {
  await page.waitForURL('**/settings/confirm*')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Confirm' }).click()
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('L7: another device is found by its name, signed out, and thrown out at its next click', async () => {
    const person = await harness.newPerson()
    const other = await harness.newPageOf(person, { javaScriptEnabled, userAgent: FIREFOX })
    await other.goto('/today')
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/devices')
    const own = page.getByRole('listitem').filter({ hasText: 'This device' })
    expect(await own.getByRole('button').count()).toBe(0)

    const item = page.getByRole('listitem').filter({ hasText: 'Firefox on Linux' })
    await item.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('status').getByText('That device is signed out.').waitFor()
    expect(await item.count()).toBe(0)

    await other.getByRole('link', { name: 'History', exact: true }).click()
    await other.waitForURL('**/sign-in?redirectTo=%2Fhistory')
    expect(await other.locator('header').getByRole('button', { name: 'Sign out' }).count()).toBe(0)
    await page.goto('/today')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
  })

  test('L8: without a recent proof the password is asked for, and what was wanted is done right after', async () => {
    const person = await harness.newPerson()
    const other = await harness.newPageOf(person, { javaScriptEnabled, userAgent: FIREFOX })
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/devices')
    const before = await findLogin(page)
    await ageProofs(person)

    const item = page.getByRole('listitem').filter({ hasText: 'Firefox on Linux' })
    await item.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/settings/confirm?kept=*')
    expect(await countLogins(person)).toBe(3)
    await page.getByText('The device you chose will be signed out.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('certainly not this one')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('alert').waitFor()
    expect(await countLogins(person)).toBe(3)

    await confirm(page, person)
    await page.waitForURL('**/settings/devices')
    await page.getByRole('status').getByText('That device is signed out.').waitFor()
    expect(await countLogins(person)).toBe(2)
    expect(await findLogin(page)).not.toBe(before)
    await other.goto('/today')
    await other.waitForURL('**/sign-in?*')

    // It was done once, and nothing of it waits any more.
    await page.goto('/settings/devices')
    await page.getByRole('heading', { name: 'Devices' }).waitFor()
    expect(await page.getByRole('status').count()).toBe(0)
  })

  test('L8: what was asked for after the login was over is shown again after signing in, and not done unseen', async () => {
    const person = await harness.newPerson()
    await harness.newPageOf(person, { userAgent: FIREFOX })
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/devices')
    await page.context().clearCookies({ name: 'login' })
    await page.getByRole('button', { name: 'Sign out all other devices' }).click()
    await page.waitForURL('**/sign-in?redirectTo=%2Fsettings%2Fdevices%3Fkept%3D*')
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.getByText('You were interrupted before this was done: sign out all other devices.').waitFor()
    expect(await countLogins(person)).toBe(4)
    const deviceToken = await findCookie(page, 'device')
    await page.getByRole('button', { name: 'Do it now' }).click()
    await page.getByText('All other devices are signed out.').waitFor()
    // The others are new devices from now on; this one is known by a token of its own.
    expect(await findCookie(page, 'device')).not.toBe(deviceToken)
    await page.getByText('You’re not signed in anywhere else.').waitFor()
    await expect(person.api.request(MeDocument)).rejects.toMatchObject({ status: 401 })
  })

  test('L8: whoever would rather not confirm comes back, and nothing is done nor asked again', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/devices')
    await ageProofs(person)
    await page.getByRole('button', { name: 'Sign out everywhere, including here' }).click()
    await page.getByText('Every device will be signed out, including this one.').waitFor()
    await page.getByRole('link', { name: 'Not now' }).click()
    await page.getByRole('heading', { name: 'Devices' }).waitFor()
    await page.goto('/settings/devices')
    await page.getByRole('heading', { name: 'Devices' }).waitFor()
    expect(await page.getByRole('status').count()).toBe(0)
    expect(await countLogins(person)).toBe(2)
  })

  test('L7: signing out everywhere ends this login, too, and says so', async () => {
    const person = await harness.newPerson()
    const other = await harness.newPageOf(person, { javaScriptEnabled })
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/devices')
    await ageProofs(person)
    await page.getByRole('button', { name: 'Sign out everywhere, including here' }).click()
    await confirm(page, person)
    await page.getByText('You’re signed out on every device.').waitFor()
    expect(await findLogin(page)).toBeUndefined()
    await other.goto('/today')
    await other.waitForURL('**/sign-in?*')
  })
})

/**
 * Two tabs wait with different things for the same password. Each comes back to its own, in whichever order they go on, also
 * where a second password has changed the cookies that the first was asked with.
 */
test('L8: two tabs that wait for a proof each do what was asked for in them', async () => {
  const person = await harness.newPerson()
  await harness.newPageOf(person, { userAgent: FIREFOX })
  const page = await harness.newPageOf(person)
  const newEmail = harness.newAddress()
  await page.goto('/settings/devices')
  const second = await page.context().newPage()
  await second.goto('/settings/data/delete')
  const third = await page.context().newPage()
  await third.goto('/settings/email')
  await ageProofs(person)
  await page.getByRole('listitem').filter({ hasText: 'Firefox' }).getByRole('button').click()
  await page.getByText('The device you chose will be signed out.').waitFor()
  await second.getByLabel('Type your e-mail address').fill(person.email)
  await second.getByRole('button', { name: 'Delete my account for good' }).click()
  await second.getByText('We’ll ask once more before anything is deleted.').waitFor()
  await third.getByLabel('New e-mail address').fill(newEmail)
  await third.getByRole('button', { name: 'Send the link' }).click()
  await third.getByText(`We’ll send a link to ${newEmail}.`).waitFor()

  await page.reload()
  await page.getByText('The device you chose will be signed out.').waitFor()
  await confirm(second, person)
  await second.getByText('Nothing has been deleted yet.').waitFor()
  expect(await second.getByLabel('Type your e-mail address').inputValue()).toBe(person.email)
  await confirm(page, person)
  await page.getByRole('status').getByText('That device is signed out.').waitFor()
  await confirm(third, person)
  await third.getByRole('status').getByText(newEmail).waitFor()
  expect(await countLogins(person)).toBe(2)
})

test('L8: two tabs that wait for a sign-in each show what was asked for in them', async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person)
  await page.goto('/settings/email')
  const second = await page.context().newPage()
  await second.goto('/settings/email')
  await page.context().clearCookies({ name: 'login' })
  for (const [tab, text] of [
    [page, 'first@example.com'],
    [second, 'second@example.com'],
  ] as const) {
    await tab.getByLabel('New e-mail address').fill(text)
    await tab.getByRole('button', { name: 'Send the link' }).click()
    await tab.waitForURL('**/sign-in?*')
  }
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const typed = (tab: Page) => tab.getByLabel('New e-mail address').inputValue()
  await page.getByText('What you typed is still here.').waitFor()
  expect(await typed(page)).toBe('first@example.com')
  // The other tab is led on by the login that there is now.
  await second.reload()
  await second.getByText('What you typed is still here.').waitFor()
  expect(await typed(second)).toBe('second@example.com')
})

test('L8: whoever comes back to something that is done or forgotten is told so, and nothing is done', async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person)
  await page.goto('/settings/profile')
  await page.context().clearCookies({ name: 'login' })
  await page.getByLabel('Name').fill('Anna')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL('**/sign-in?*')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('What you typed is still here.').waitFor()
  const address = page.url()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Your name is saved.').waitFor()

  for (const path of [address, '/settings/devices?kept=made-up-', '/settings/confirm?kept=made-up-']) {
    await page.goto(path)
    await page.getByRole('status').getByText('What you asked for earlier is no longer waiting.').waitFor()
    expect(await page.getByText('What you typed is still here.').count()).toBe(0)
  }
  expect(await countLogins(person)).toBe(3)
})

/**
 * Two tabs ask for different things, and the password is typed in the one that was opened first: what it shows is done, and
 * not what the other tab has put into the cookie since.
 */
test('L8: what a page says will be done is what its password does', async () => {
  const person = await harness.newPerson()
  await harness.newPageOf(person, { userAgent: FIREFOX })
  const page = await harness.newPageOf(person)
  await page.goto('/settings/devices')
  const second = await page.context().newPage()
  await second.goto('/settings/devices')
  await ageProofs(person)
  await page.getByRole('listitem').filter({ hasText: 'Firefox' }).getByRole('button').click()
  await page.getByText('The device you chose will be signed out.').waitFor()
  await second.getByRole('button', { name: 'Sign out everywhere, including here' }).click()
  await second.getByText('Every device will be signed out, including this one.').waitFor()

  await confirm(page, person)
  await page.getByRole('status').getByText('That device is signed out.').waitFor()
  expect(await countLogins(person)).toBe(2)
})

/** Two tabs: confirming renews the token, while the other tab still shows a page of the old one. */
test('L12: one tab confirms who they are, and the other goes on signed in', async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person)
  const second = await page.context().newPage()
  await second.goto('/settings/profile')
  await second.getByLabel('Name').fill('From the second tab')
  await page.goto('/settings/devices')
  await ageProofs(person)
  await page.getByRole('button', { name: 'Sign out all other devices' }).click()
  const stale = await findLogin(page)

  // The form of the second tab is on its way with the old token while the first gets a new one.
  let isRenewed = false
  await second.route('**/settings/profile.data*', async (route) => {
    if (!isRenewed) {
      isRenewed = true
      await confirm(page, person)
      await page.getByText('All other devices are signed out.').waitFor()
      const cookie = `login=${stale}`
      return route.fulfill({
        response: await route.fetch({ headers: { ...route.request().headers(), cookie }, maxRedirects: 0 }),
      })
    }
    return route.continue()
  })
  await second.getByRole('button', { name: 'Save' }).click()
  await second.getByText('Your name is saved.').waitFor()
  expect(await findLogin(page)).not.toBe(stale)
  await page.goto('/today')
  await page.getByRole('heading', { name: 'Hello, From the second tab' }).waitFor()
})

/** Two tabs ask for the password at once: the second is sent with the token that the first has just renewed. */
test('L12: who they are can be confirmed in two tabs at once', async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person, { javaScriptEnabled: false })
  await page.goto('/settings/confirm')
  const stale = await findLogin(page)
  await confirm(page, person)
  await page.waitForURL('**/settings/profile')
  const renewed = await findLogin(page)
  expect(renewed).not.toBe(stale)

  const post = (cookie: string) =>
    fetch(`${harness.webUrl}/settings/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ password: person.password, act: '' }),
      headers: { origin: harness.webUrl, cookie },
      redirect: 'manual',
    })
  const refused = await post(`login=${stale}`)
  expect([refused.status, refused.headers.get('location')]).toEqual([307, '/settings/confirm'])
  const [mark = ''] = refused.headers.getSetCookie().map((text) => text.split(';')[0])
  const repeated = await post(`login=${renewed}; ${mark}`)
  expect([repeated.status, repeated.headers.get('location')]).toEqual([302, '/settings'])
  expect(repeated.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^login=[\w-]{43,};/))
})

/** The password of a proof, and the token that came of it, must not end up where pages and their addresses are kept. */
test('L2: neither the act nor the password of a proof is in an address or a cookie', async () => {
  const person = await harness.newPerson()
  const page = await harness.newPageOf(person)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.goto('/settings/devices')
  await ageProofs(person)
  await page.getByRole('button', { name: 'Sign out all other devices' }).click()
  await page.waitForURL('**/settings/confirm?kept=*')
  await page.getByLabel('Password', { exact: true }).fill('a wrong guess of somebody')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('alert').waitFor()
  const cookies = JSON.stringify(await page.context().cookies())
  expect(decodeURIComponent(cookies)).toContain('"intent":"others"')
  expect(decodeURIComponent(cookies)).not.toContain('a wrong guess')
  expect(await page.content()).not.toContain('a wrong guess')
  await confirm(page, person)
  await page.getByText('All other devices are signed out.').waitFor()
  expect(addresses.join()).not.toMatch(/intent|guess/)
})
