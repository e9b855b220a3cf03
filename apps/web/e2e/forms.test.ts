import type { Page } from 'playwright-core'
import { MeDocument } from '@wellness/api-client/operations'
import { describe, expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

async function readField(page: Page, label: string) {
  const field = page.getByLabel(label, { exact: true })
  const describedBy = (await field.getAttribute('aria-describedby')) ?? ''
  const texts = await Promise.all(describedBy.split(' ').map((id) => page.locator(`#${id}`).innerText()))
  return {
    isInvalid: await field.getAttribute('aria-invalid'),
    value: await field.inputValue(),
    description: texts.join(' '),
  }
}

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('an error stands beside its field, is announced above the form, and keeps what was typed', async () => {
    const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
    await page.goto('/sign-up')
    await page.getByLabel('E-mail address').fill('anna at example')
    await page.getByRole('button', { name: 'Send me the link' }).click()

    const summary = page.getByRole('alert')
    await summary.waitFor()
    const message = await summary.getByRole('link').innerText()
    expect(await readField(page, 'E-mail address')).toEqual({
      isInvalid: 'true',
      value: 'anna at example',
      description: message,
    })
    await summary.getByRole('link').click()
    expect(
      await page.getByLabel('E-mail address').evaluate((field) => field === document.activeElement),
    ).toBe(true)
  })

  test('a refused password is not in the page that comes back; the name beside it is', async () => {
    const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
    await page.goto('/sign-up/complete?token=abc')
    await page.getByLabel('Password', { exact: true }).fill('fourteen chars')
    await page.getByLabel('Name (optional)').fill('Anna')
    await page.getByRole('button', { name: 'Create my account' }).click()
    await page.getByRole('alert').waitFor()

    expect((await readField(page, 'Password')).description).toContain('at least 15 characters')
    expect(await page.getByLabel('Name (optional)').inputValue()).toBe('Anna')
    expect(await page.content()).not.toContain('fourteen chars')
  })

  test('a wrong password and an unknown address are answered alike, above the form', async () => {
    const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
    const { email } = await harness.sharedPerson()
    const answers: string[] = []
    for (const address of [email, harness.newAddress()]) {
      await page.goto('/sign-in')
      await page.getByLabel('E-mail address').fill(address)
      await page.getByLabel('Password', { exact: true }).fill('certainly not this one')
      await page.getByRole('button', { name: 'Sign in' }).click()
      answers.push(await page.getByRole('alert').innerText())
      expect(await page.getByLabel('E-mail address').inputValue()).toBe(address)
    }
    expect(answers[0]).toBe(answers[1])
  })

  test('while the API is away a form keeps what was typed, and works once it is back', async () => {
    const { web, gate } = await harness.startGatedWeb()
    const person = await harness.sharedPerson()
    const page = await harness.newPageOf(person, { webUrl: web.url, javaScriptEnabled })
    await page.goto('/settings/profile')
    await page.getByLabel('Name').fill('Kept')
    gate.shut()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('What you typed is still here.').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Kept')

    await gate.open()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your name is saved.').waitFor()
    expect((await person.api.request(MeDocument)).me?.name).toBe('Kept')
  })

  test.each([
    ['/settings/email', 'New e-mail address', 'Send the link'],
    ['/settings/data/delete', 'Type your e-mail address', 'Delete my account for good'],
  ])('while the API is away what was typed on %s is not lost', async (path, label, button) => {
    const { web, gate } = await harness.startGatedWeb()
    const page = await harness.newPageOf(await harness.sharedPerson(), { webUrl: web.url, javaScriptEnabled })
    await page.goto(path)
    await page.getByLabel(label).fill('kept@example.com')
    gate.shut()
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('alert').getByText('What you typed is still here.').waitFor()
    expect(await page.getByLabel(label).inputValue()).toBe('kept@example.com')
  })

  test('while the API is away every page says so with 503 and a way to try again, which works', async () => {
    const { web, gate } = await harness.startGatedWeb()
    const page = await harness.newPageOf(await harness.sharedPerson(), { webUrl: web.url, javaScriptEnabled })
    gate.shut()
    const settings = ['profile', 'password', 'email', 'devices', 'activity', 'data', 'data/delete', 'confirm']
    const paths = ['/today', '/session', '/history', ...settings.map((name) => `/settings/${name}`)]
    for (const path of paths) {
      const answer = await page.goto(path)
      expect(answer?.status()).toBe(503)
      expect(answer?.headers()['retry-after']).toBe('5')
      await page.getByRole('heading', { name: 'We can’t reach our server just now' }).waitFor()
    }
    // What needs no API goes on.
    expect((await page.goto('/support'))?.status()).toBe(200)

    await page.goto('/history')
    await gate.open()
    await page.getByRole('link', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'History' }).waitFor()
  })

  test('L5: a sign-out that the API did not hear of is reported, and the login is kept until it is ended', async () => {
    const { web, gate } = await harness.startGatedWeb()
    const page = await harness.newPageOf(await harness.sharedPerson(), { webUrl: web.url, javaScriptEnabled })
    await page.goto('/today')
    gate.shut()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You’re still signed in' }).waitFor()
    expect((await page.context().cookies()).map(({ name }) => name)).toContain('login')
    await gate.open()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('You’re signed out on this device.').waitFor()
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('login')
  })
})

test.each(['/sign-in', '/sign-in.data', '/sign-up/complete', '/sign-up/complete.data'])(
  'what %s answers to a refused form holds no password',
  async (path) => {
    const answer = await fetch(harness.webUrl + path, {
      method: 'POST',
      body: new URLSearchParams({
        // Of its own: failures count by address, and other files fail too.
        email: 'refused-form@example.com',
        password: 'fourteen chars',
        token: 'abc',
        name: 'Anna',
      }),
      headers: { origin: harness.webUrl },
    })
    expect([422, 202, 200]).toContain(answer.status)
    expect(await answer.text()).not.toContain('fourteen chars')
  },
)

/** Nobody can put right a field that nobody sees, nor follow a link to it. */
test.each<{ path: string; form: Record<string, string> }>([
  { path: '/today', form: { intent: 'start', clientSessionId: 'not-an-id' } },
  { path: '/today', form: { intent: 'nonsense' } },
  { path: '/session', form: { intent: 'end', sessionId: 'x'.repeat(65) } },
])('a form of $path whose hidden fields are not whole is refused in kind words', async ({ path, form }) => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  if (path === '/session') {
    await page.request.post('/today', { form: { intent: 'start' }, headers: { origin: harness.webUrl } })
  }
  const answer = await page.request.post(path, { form, headers: { origin: harness.webUrl } })
  expect(answer.status()).toBe(422)
  const html = await answer.text()
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
  expect(main).toContain('This page was out of date.')
  expect(main).not.toMatch(/href="#|Invalid|Too big|too_big/)
})

test('P8: password managers are told what is what, and pasting works', async () => {
  const page = await harness.newPage({
    baseURL: harness.webUrl,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  for (const [path, autoComplete] of [
    ['/sign-in', 'current-password'],
    ['/sign-up/complete?token=abc', 'new-password'],
  ] as const) {
    await page.goto(path)
    const password = page.getByLabel('Password', { exact: true })
    expect(await password.getAttribute('autocomplete')).toBe(autoComplete)
    expect(await password.getAttribute('maxlength')).toBeNull()

    const text = 'pasted, with spaces and ünïcödé 🌿'
    await page.evaluate((value) => navigator.clipboard.writeText(value), text)
    await password.focus()
    await page.keyboard.press('ControlOrMeta+V')
    expect(await password.inputValue()).toBe(text)

    await page.getByRole('button', { name: 'Show the password' }).click()
    expect(await password.getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'Hide the password' }).click()
    expect(await password.getAttribute('type')).toBe('password')
  }
  await page.goto('/sign-in')
  expect(await page.getByLabel('E-mail address').getAttribute('autocomplete')).toBe('username')
})

test('after too many tries the form says how long to wait, to people and to programs', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl, javaScriptEnabled: false })
  const email = harness.newAddress()
  for (let count = 0; count < 8; count++) {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('not this one')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const answer = await answered
    if (answer.status() !== 429) continue
    expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0)
    const text = await page.getByRole('alert').innerText()
    expect(text).toMatch(
      /^Too many attempts for now\. Please wait \d+ (seconds?|minutes?|hours?), then try again\.$/,
    )
    return
  }
  throw new Error('Eight wrong passwords in a row were never too many')
})

test('whoever is signed in and wants to sign up is told so on their own page; strangers get the form', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson(), { baseURL: harness.webUrl })
  await page.goto('/sign-up')
  await page.waitForURL('**/today')
  await page.getByRole('status').getByText('You already have an account, and you’re signed in.').waitFor()

  const cookie = 'login=a-login-that-is-over'
  const answer = await fetch(`${harness.webUrl}/sign-up`, { headers: { cookie }, redirect: 'manual' })
  expect(answer.status).toBe(200)
})

test('a link that was used or is too old says so, and where to get a new one', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  await page.goto('/sign-up/complete?token=abc')
  await page.getByLabel('Password', { exact: true }).fill('a lighthouse in the fog')
  await page.getByRole('button', { name: 'Create my account' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('link', { name: 'Ask for a new link' }).click()
  await page.waitForURL('**/sign-up')
})

test('a stranger’s page of a session that is not theirs is a page that does not exist', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  for (const id of ['session_01h2xcejqtf2nbrexx3vqjhp41', 'nonsense']) {
    expect((await page.goto(`/session/${id}`))?.status()).toBe(404)
    await page.getByRole('heading', { name: 'There’s no page here' }).waitFor()
  }
})
