import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { explorerPage } from './explorerPage.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()

/** A script in the page, or whoever reads over somebody's shoulder, is after the token of the login. */
test(
  'the token of the login never reaches the page, whatever is run there',
  { timeout: 60_000 },
  async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person)
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name.endsWith('login'))
    const bodies: string[] = []
    page.on(
      'response',
      (response) =>
        void response.text().then(
          (text) => bodies.push(text),
          () => undefined,
        ),
    )
    await explorerPage.open(page)
    await explorerPage.runExample(page, 'Who am I')
    expect(cookie?.value).toMatch(/^[\w-]{43}$/)
    expect(bodies.join('') + (await page.content())).not.toContain(cookie?.value)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      cookie?.value,
    )
  },
)

/** A page of another site posts an operation, and the browser sends the cookie of the login with it. */
test('an operation that another site has the browser send is refused', async () => {
  const page = await harness.newPageOf(await harness.newPerson())
  for (const origin of ['https://evil.example', 'null']) {
    const response = await page.request.post('/explorer/run', {
      headers: { origin },
      form: {
        request: JSON.stringify({ query: 'mutation { startSession(input: {}) { userErrors { code } } }' }),
      },
    })
    expect(response.status()).toBe(403)
  }
})

/** Two people share a browser: what the first left open would act for the second. */
test(
  'a page that was shown to somebody else runs nothing for who is signed in now',
  { timeout: 60_000 },
  async () => {
    const [person, next] = [await harness.newPerson(), await harness.newPerson()]
    const page = await explorerPage.open(await harness.newPageOf(person))
    await page.getByRole('textbox', { name: 'Operation' }).focus()
    await page.keyboard.insertText('mutation { startSession(input: {}) { session { id } } }')
    const refused = { errors: [{ extensions: { code: 'CONFLICT' } }] }
    expect(await explorerPage.run(page)).toHaveProperty('data.startSession.session.id')
    await page.context().clearCookies()
    expect(await explorerPage.run(page)).toMatchObject(refused)
    await page.context().addCookies(await (await harness.newPageOf(next)).context().cookies())
    expect(await explorerPage.run(page)).toMatchObject(refused)
  },
)

test('a mutation that changes how one signs in is refused, and told where it is done', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  const response = await page.request.post('/explorer/run', {
    headers: { origin: harness.webUrl },
    form: { request: JSON.stringify({ query: 'mutation { revokeOtherLogins { userErrors { code } } }' }) },
  })
  expect(response.status()).toBe(403)
  expect(await response.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('Settings') as string, extensions: { code: 'FORBIDDEN' } }],
  })
})

/** Somebody leaves a device that others use: who signs in next on the same tab reads what they looked for. */
test.each(['by the button', 'on the page for it', 'in another tab'])(
  'what one person wrote is not shown to the next on the same tab, who signed out %s',
  { timeout: 90_000 },
  async (how) => {
    const [person, next] = [await harness.newPerson(), await harness.newPerson()]
    const page = await explorerPage.open(await harness.newPageOf(person))
    const written = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }))
    await page.getByRole('textbox', { name: 'Operation' }).focus()
    await page.keyboard.insertText('query Private { me { email name } }')
    await explorerPage.run(page)
    await expect.poll(written).toContain('Private')
    await page.reload()
    await page.locator('button:enabled', { hasText: 'Who am I' }).waitFor()
    // To whom it belongs it stays.
    expect(await written()).toContain('Private')

    const signOut = async (at: Page) => {
      await at
        .getByRole('main')
        .or(at.getByRole('banner'))
        .getByRole('button', { name: 'Sign out' })
        .last()
        .click()
      await at.waitForURL('**/sign-in')
    }
    if (how === 'on the page for it') await page.goto('/sign-out')
    if (how === 'in another tab') {
      const other = await page.context().newPage()
      await other.goto('/today')
      await signOut(other)
    } else {
      await signOut(page)
      expect(await written()).not.toMatch(/Private|email/)
    }
    await page.goto('/sign-in?redirectTo=%2Fexplorer')
    await page.getByLabel('E-mail address').fill(next.email)
    await page.getByLabel('Password', { exact: true }).fill(next.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/explorer')
    await page.getByText(next.email).waitFor()
    await page.locator('button:enabled', { hasText: 'Who am I' }).waitFor()
    expect(await written()).not.toContain('Private')
    expect(await page.content()).not.toContain('Private')
  },
)
