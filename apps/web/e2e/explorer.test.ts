import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { examples } from '../app/routes/explorer/examples.ts'
import { explorerPage } from './explorerPage.ts'
import { findFaults } from './findFaults.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()

async function runExamples(page: Page): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  for (const { title } of examples) answers[title] = await explorerPage.runExample(page, title)
  return answers
}

test.each(['whoever is signed in', 'the owner of a key'])(
  'every example runs as %s, from the start of a session to its end',
  { timeout: 90_000 },
  async (who) => {
    const person = await harness.newPerson('Anna')
    const hasKey = who === 'the owner of a key'
    const page = await explorerPage.open(
      await (hasKey ? harness.newPage({ baseURL: harness.webUrl }) : harness.newPageOf(person)),
    )
    if (hasKey)
      await explorerPage.useKey(
        page,
        await explorerPage.createKey(person, ['PROFILE_READ', 'SESSIONS_READ', 'SESSIONS_WRITE']),
      )
    const answers = await runExamples(page)

    expect(answers).toMatchObject({
      'Who am I': { data: { me: { email: person.email } } },
      'Start a session': { data: { startSession: { session: { status: 'RUNNING' }, userErrors: [] } } },
      'Keep it alive': { data: { refreshSession: { session: { status: 'RUNNING' }, userErrors: [] } } },
      'End it': { data: { endSession: { session: { status: 'COMPLETED' }, userErrors: [] } } },
      'Page through the history': { data: { me: { sessions: { nodes: [{ status: 'COMPLETED' }] } } } },
      'What a person can put right': { data: { endSession: { userErrors: [{ code: 'NOT_FOUND' }] } } },
      'What a program did wrong': { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      'What is left of my limit': { data: { rateLimit: { cost: expect.any(Number) as number } } },
    })
    await page.getByText(/Status 200 · \d+ ms · cost \d+ points? · [\d,]+ points left/).waitFor()
  },
)

test(
  'every example is answered to who is not signed in, and nothing is done',
  { timeout: 90_000 },
  async () => {
    const answers = await runExamples(
      await explorerPage.open(await harness.newPage({ baseURL: harness.webUrl })),
    )
    const refused = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }
    expect(answers).toMatchObject({
      'Who am I': { data: { me: null } },
      'Start a session': refused,
      'Keep it alive': refused,
      'End it': refused,
      'Page through the history': { data: { me: null } },
      'What a person can put right': refused,
      'What is left of my limit': { data: { rateLimit: { cost: expect.any(Number) as number } } },
    })
  },
)

test('asks no other host for anything, and its answers are shown', { timeout: 60_000 }, async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl })
  const foreign: string[] = []
  const refused: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== harness.webUrl) foreign.push(request.url())
  })
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
  })
  await explorerPage.open(page)
  await explorerPage.runExample(page, 'Who am I')
  await page.getByRole('region', { name: 'Result Window' }).getByText('null').waitFor()
  expect({ foreign, refused }).toEqual({ foreign: [], refused: [] })
})

test(
  'acts by a key that is pasted, within its scopes, and keeps it in this tab alone',
  { timeout: 60_000 },
  async () => {
    const person = await harness.newPerson()
    const key = await explorerPage.createKey(person, ['PROFILE_READ'])
    const page = await explorerPage.open(await harness.newPage({ baseURL: harness.webUrl }))
    await page.getByText('Nobody is signed in: only').waitFor()
    await explorerPage.useKey(page, key)

    expect(await explorerPage.runExample(page, 'Who am I')).toMatchObject({
      data: { me: { email: person.email } },
    })
    expect(await explorerPage.runExample(page, 'Start a session')).toMatchObject({
      errors: [
        { message: expect.stringContaining('SESSIONS_WRITE') as string, extensions: { code: 'FORBIDDEN' } },
      ],
    })
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      key,
    )
    expect(await page.content()).not.toContain(key)

    await page.getByRole('button', { name: 'Forget the key' }).click()
    await page.getByText('Nobody is signed in: only').waitFor()
    expect(await explorerPage.runExample(page, 'Who am I')).toMatchObject({ data: { me: null } })
  },
)

test(
  'is loaded whole after signing in there, under its own policy, and left whole by signing out',
  { timeout: 60_000 },
  async () => {
    const person = await harness.newPerson()
    const page = await harness.newPage({ baseURL: harness.webUrl })
    const refused: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
    })
    await explorerPage.open(page)
    await page.getByRole('status').getByRole('link', { name: 'Sign in' }).click()
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/explorer')
    await page.locator('button:enabled', { hasText: 'Who am I' }).waitFor()
    expect(await explorerPage.runExample(page, 'Who am I')).toMatchObject({
      data: { me: { email: person.email } },
    })
    expect(refused).toEqual([])

    await page.evaluate(() => Object.assign(window, { isExplorer: true }))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL((url) => url.pathname !== '/explorer')
    expect(await page.evaluate(() => 'isExplorer' in window)).toBe(false)
  },
)

/** Presses Tab, as somebody without a mouse does, until the focus is where they want to be. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < 150; count += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not lead to ${String(target)}`)
}

test(
  'is used by keyboard alone: Tab leads to an example, through the editors to its run, and out of the editor',
  { timeout: 60_000 },
  async () => {
    const page = await explorerPage.open(await harness.newPageOf(await harness.sharedPerson()))
    await tabTo(page, page.getByRole('button', { name: 'Who am I' }))
    await page.keyboard.press('Enter')
    const operation = page.getByRole('textbox', { name: 'Operation' })
    await tabTo(page, page.getByRole('group', { name: 'Operation: press Enter to write' }))
    await page.keyboard.press('Enter')
    await expect.poll(() => operation.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText('query Typed { me { id } }')
    // An editor that kept the Tab key would hold whoever has no mouse.
    await tabTo(page, page.getByRole('button', { name: /^Execute query/ }))
    const answered = explorerPage.waitForAnswer(page)
    await page.keyboard.press('Enter')
    expect((await answered).request().postData()).toContain('Typed')
    await tabTo(page, page.getByRole('group', { name: 'Variables: press Enter to write' }))
    await tabTo(page, page.getByRole('region', { name: 'Result Window' }))
    await tabTo(page, page.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }))
  },
)

test.each([
  ['desktop, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const }],
  ['desktop, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const }],
  ['phone, light', { viewport: { width: 320, height: 640 }, colorScheme: 'light' as const }],
])(
  'the documentation is read beside the editor, from the start to a field: %s',
  { timeout: 60_000 },
  async (_name, options) => {
    const page = await explorerPage.open(await harness.newPage({ baseURL: harness.webUrl, ...options }))
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
    const pane = page.getByRole('region', { name: 'Documentation Explorer' })
    await pane.getByRole('link', { name: 'Mutation' }).click()
    await pane.getByRole('link', { name: 'startSession', exact: true }).click()
    await pane.getByText('Starts a session, or answers with the live one: a user has at most one.').waitFor()
    await pane.getByRole('link', { name: 'StartSessionInput' }).click()
    await pane.getByText('An IANA time zone name.').waitFor()
    expect((await findFaults(page)).filter((fault) => !fault.startsWith('nested-interactive'))).toEqual([])
  },
)

test('variables that were edited are those that are sent', { timeout: 60_000 }, async () => {
  const page = await explorerPage.open(await harness.newPageOf(await harness.sharedPerson()))
  await page.getByRole('button', { name: 'Page through the history' }).click()
  const variables = page.getByRole('textbox', { name: 'Variables' })
  await variables.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type('{ "first": 7 }')
  const asked = page.waitForRequest('**/explorer/run')
  await page.keyboard.press('ControlOrMeta+Enter')
  const request = new URLSearchParams((await asked).postData() ?? '').get('request') ?? ''
  expect(JSON.parse(request)).toMatchObject({ variables: { first: 7 }, operationName: 'History' })
})

test.each([
  ['desktop, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const }],
  ['desktop, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const }],
  ['phone, light', { viewport: { width: 320, height: 640 }, colorScheme: 'light' as const }],
  ['phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const }],
])('has no fault that can be found: %s', { timeout: 60_000 }, async (_name, options) => {
  const page = await harness.newPageOf(await harness.sharedPerson(), options)
  await explorerPage.open(page)
  await explorerPage.runExample(page, 'Who am I')
  // GraphiQL has the button that closes a tab inside the tab.
  expect((await findFaults(page)).filter((fault) => !fault.startsWith('nested-interactive'))).toEqual([])
})

test('costs other pages nothing: none of them loads a byte of it', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  const sizes: Record<string, number> = {}
  const names: string[] = []
  page.on('response', (response) => {
    names.push(new URL(response.url()).pathname)
    void response.body().then(
      (body) => (sizes[response.url()] = body.length),
      () => undefined,
    )
  })
  for (const path of ['/today', '/history', '/settings/profile'])
    await page.goto(path, { waitUntil: 'networkidle' })
  expect(names.filter((name) => /monaco|explorer|graphi|worker/i.test(name))).toEqual([])
  expect(Object.values(sizes).reduce((sum, size) => Math.max(sum, size), 0)).toBeLessThan(300_000)
})

test('without scripts it says where the API and its schema are', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl, javaScriptEnabled: false })
  await page.goto('/explorer')
  const schema = page.getByRole('link', { name: '/schema.graphql' })
  const text = await (await fetch((await schema.getAttribute('href')) ?? '')).text()
  expect(text).toContain('type Query')
})
