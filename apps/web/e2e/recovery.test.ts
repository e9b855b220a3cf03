import { LoginsDocument, MeDocument, RequestEmailChangeDocument } from '@wellness/api-client/operations'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

const NEW_PASSWORD = 'seven herons over the marsh'

async function findLogin(page: Page): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === 'login')?.value
}

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('R3: who forgot the password gets a link, chooses a new one, signs in with it, and is out everywhere else', async () => {
    const person = await harness.newPerson('Anna')
    const device = await harness.newPageOf(person, { javaScriptEnabled })
    const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    // The page to sign in has a field of that name, too.
    await page.waitForURL('**/reset-password')
    await page.getByRole('button', { name: 'Send me the link' }).waitFor()
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    expect(await page.locator('main').innerText()).toContain(person.email)

    await page.goto(await harness.waitForLink(person.email, '/reset-password'))
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    const choose = async (password: string) => {
      await page.getByLabel('New password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Set new password' }).click()
    }
    // Refused here, refused by the API, and the link works still.
    await choose('too short')
    await page.getByRole('alert').getByText('at least 15 characters').waitFor()
    await choose('passwordpassword1')
    await page.getByRole('alert').getByRole('link').waitFor()
    expect(await page.content()).not.toContain('passwordpassword1')
    await device.goto('/today')
    await device.getByRole('heading', { name: 'Hello, Anna' }).waitFor()

    await choose(NEW_PASSWORD)
    await page.waitForURL('**/sign-in')
    await page.getByText('Your new password is set').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.getByText('Your new password is set').count()).toBe(0)
    expect(await findLogin(page)).toBeUndefined()
    await device.reload()
    await device.waitForURL('**/sign-in?*')
    await signIn(page, person.email, person.password)
    await page.getByRole('alert').waitFor()
    await signIn(page, person.email, NEW_PASSWORD)
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
  })

  test('R3: a reset link works once, and then says where to get another', async () => {
    const person = await harness.newPerson()
    const post = (path: string, form: Record<string, string>) =>
      fetch(harness.webUrl + path, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { origin: harness.webUrl },
        redirect: 'manual',
      })
    await post('/reset-password', { email: person.email })
    const link = new URL(await harness.waitForLink(person.email, '/reset-password'))
    const token = link.searchParams.get('token') ?? ''
    await post('/reset-password/complete', { token, password: NEW_PASSWORD })

    const page = await harness.newPage({ javaScriptEnabled })
    await page.goto(link.href)
    await page.getByLabel('New password', { exact: true }).fill('another of the same kind')
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('link', { name: 'Ask for a new link' }).click()
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  })

  test('L6: a change of the password keeps this device signed in, by a new token, and no other', async () => {
    const person = await harness.newPerson('Anna')
    const device = await harness.newPageOf(person, { javaScriptEnabled })
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/settings/password')
    const before = await findLogin(page)
    const change = async (currentPassword: string, newPassword: string) => {
      await page.getByLabel('Current password', { exact: true }).fill(currentPassword)
      await page.getByLabel('New password', { exact: true }).fill(newPassword)
      await page.getByRole('button', { name: 'Change password' }).click()
    }
    await change('certainly not this one', NEW_PASSWORD)
    const error = page.locator('#currentPassword-error')
    await error.waitFor()
    expect(await page.content()).not.toMatch(/certainly not|seven herons/)

    await change(person.password, NEW_PASSWORD)
    await page.getByText('Your password is changed, and your other devices are signed out.').waitFor()
    expect(await findLogin(page)).not.toBe(before)
    await device.goto('/today')
    await device.waitForURL('**/sign-in?*')
    await page.goto('/today')
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
    await expect(person.api.request(MeDocument)).rejects.toMatchObject({ status: 401 })
  })

  test('R4: "this wasn’t me" in the mail of a change locks everybody out, and mails a link to get back in', async () => {
    const person = await harness.newPerson('Anna')
    const thief = await harness.newPageOf(person, { javaScriptEnabled })
    await thief.request.post('/settings/password', {
      form: { currentPassword: person.password, newPassword: 'now it is all mine, haha' },
      headers: { origin: harness.webUrl },
    })
    const page = await harness.newPage({ javaScriptEnabled })
    await page.goto(await harness.waitForLink(person.email, '/security/not-me'))
    await page.getByRole('heading', { name: 'It wasn’t you?' }).waitFor()
    // Opening it has done nothing yet.
    await thief.goto('/today')
    await thief.getByRole('heading', { name: 'Hello, Anna' }).waitFor()

    await page.getByRole('button', { name: 'This wasn’t me' }).click()
    await page.getByRole('heading', { name: 'They’re locked out' }).waitFor()
    await thief.reload()
    await thief.waitForURL('**/sign-in?*')
    await signIn(thief, person.email, 'now it is all mine, haha')
    await thief.getByRole('alert').waitFor()

    await page.goto(await harness.waitForLink(person.email, '/reset-password'))
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.waitForURL('**/sign-in')
    await signIn(page, person.email, NEW_PASSWORD)
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
  })
})

/** A stranger sends a link to our own pages that says what never happened, so that the real thing is not done. */
test.each([
  ['/security/not-me?done', 'This link is incomplete', 'They’re locked out'],
  ['/confirm-email?done', 'This link is incomplete', 'Your address is changed'],
  ['/sign-in?new-password', 'Sign in', 'Your new password is set'],
  ['/sign-in?signed-out=everywhere', 'Sign in', 'You’re signed out'],
  ['/goodbye', 'Wellness & Sensory Connection Assistant', 'Your account is deleted'],
  ['/sign-up/sent', 'Create an account', 'We’ve sent a link'],
  ['/reset-password/sent', 'Forgot your password?', 'we’ve sent it a link'],
])('a made-up link to %s does not say that anything was done', async (path, heading, lie) => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto(path)
  await page.getByRole('heading', { name: heading }).waitFor()
  expect(await page.getByText(lie).count()).toBe(0)
})

/** The same for somebody who is signed in: their own settings must not say it either. */
test.each([
  ['/settings/password?changed', 'Your password is changed'],
  ['/settings/profile?saved', 'Your name is saved'],
  ['/settings/email?sent', 'It works once'],
  ['/settings/devices?ended=others', 'All other devices are signed out'],
  ['/settings/data?failed=away', 'We can’t reach our server'],
  ['/today?signed-in', 'You already have an account'],
])('a made-up link to %s tells its reader nothing', async (path, lie) => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByRole('status').count()).toBe(0)
  expect(await page.getByText(lie).count()).toBe(0)
})

/**
 * The address that a notice went to belongs to somebody else by now. The owner must not wait for a mail that never comes.
 */
test('R4: after "this wasn’t me" no link is promised where the address has an account of its own by now', async () => {
  const person = await harness.newPerson('Anna')
  const newEmail = harness.newAddress()
  const post = (path: string, form: Record<string, string>) =>
    fetch(harness.webUrl + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin: harness.webUrl },
      redirect: 'manual',
    })
  const readToken = async (email: string, page: string) =>
    new URL(await harness.waitForLink(email, page)).searchParams.get('token') ?? ''
  await person.api.request(RequestEmailChangeDocument, { input: { newEmail } })
  await post('/confirm-email', { token: await readToken(newEmail, '/confirm-email') })
  await post('/sign-up', { email: person.email })
  const readSubjects = async () => (await harness.mailTo(person.email)).map(({ subject }) => subject)
  await expect
    .poll(async () => (await readSubjects()).filter((text) => text === 'Finish signing up').length)
    .toBe(2)
  const token = await readToken(person.email, '/sign-up/complete')
  await post('/sign-up/complete', { token, password: NEW_PASSWORD, name: 'Bo' })

  const page = await harness.newPage()
  await page.goto(await harness.waitForLink(person.email, '/security/not-me'))
  await page.getByRole('button', { name: 'This wasn’t me' }).click()
  await page.getByRole('heading', { name: 'They’re locked out' }).waitFor()
  await page.getByText('We haven’t sent you a link for a new password').waitFor()
  expect(await page.getByText('We’re sending you a link').count()).toBe(0)
})

/**
 * A token that is refused may be good still, for the account that it was meant for: whoever looks over a shoulder, or saves
 * the page, must not get it from there.
 */
test.each([
  { path: '/sign-up/complete', label: 'Password', button: 'Create my account', wayOn: 'Ask for a new link' },
  {
    path: '/reset-password/complete',
    label: 'New password',
    button: 'Set new password',
    wayOn: 'Ask for a new link',
  },
  { path: '/confirm-email', label: null, button: 'Use this address', wayOn: 'Ask for a new link' },
  { path: '/security/not-me', label: null, button: 'This wasn’t me', wayOn: 'Choose a new password' },
])(
  'R1: a refused link of $path says so with 410, offers the way on, and leaves no form and no token in the page',
  async ({ path, label, button, wayOn }) => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
      expect((await page.goto(path))?.status()).toBe(400)
      await page.getByRole('alert').getByText('This link is incomplete').waitFor()
      await page.goto(`${path}?token=a-token-of-no-use`)
      if (label) await page.getByLabel(label, { exact: true }).fill('an old tree by the river')
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.getByRole('button', { name: button }).click()
      await page.getByRole('alert').getByText('This link doesn’t work').waitFor()
      expect((await answered).status()).toBe(410)
      expect(await page.locator('main form').count()).toBe(0)
      expect(await page.content()).not.toContain('a-token-of-no-use')
      expect(await page.getByRole('main').getByRole('link').allInnerTexts()).toEqual([wayOn])
    }
  },
)

/** An attacker asks for many addresses and compares what comes back. */
test('R2: asking for a reset shows the same page for an address without an account', async () => {
  const { email } = await harness.sharedPerson()
  const pages: string[] = []
  for (const address of [email, harness.newAddress()]) {
    const page = await harness.newPage({ baseURL: harness.webUrl, javaScriptEnabled: false })
    await page.goto('/reset-password')
    await page.getByLabel('E-mail address').fill(address)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.waitForURL('**/reset-password/sent')
    pages.push((await page.locator('main').innerText()).replace(address, 'ADDRESS'))
  }
  expect(pages[0]).toBe(pages[1])
})

/** Mail scanners and link previews open every link of a mail, and what they learn must not reach anybody else. */
test('R1: pages behind the links of mails change nothing when opened, and tell nobody their address', async () => {
  const person = await harness.newPerson()
  for (const path of ['/reset-password/complete', '/security/not-me']) {
    for (const address of [`${path}?token=abc`, `${path}.data?token=abc`]) {
      const answer = await fetch(harness.webUrl + address, { headers: { cookie: `login=${person.token}` } })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  }
  expect((await person.api.request(LoginsDocument)).me?.logins.length).toBe(1)
})

test('P8: password managers are told which password is which, and whose', async () => {
  const person = await harness.sharedPerson()
  const page = await harness.newPageOf(person)
  await page.goto('/settings/password')
  expect(await page.locator('[autocomplete=username]').getAttribute('value')).toBe(person.email)
  const kinds = { 'Current password': 'current-password', 'New password': 'new-password' }
  for (const [label, kind] of Object.entries(kinds)) {
    const field = page.getByLabel(label, { exact: true })
    expect(await field.getAttribute('autocomplete')).toBe(kind)
    expect(await field.getAttribute('maxlength')).toBeNull()
    await page.getByRole('button', { name: `Show the ${label.toLowerCase()}` }).click()
    expect(await field.getAttribute('type')).toBe('text')
  }
})
