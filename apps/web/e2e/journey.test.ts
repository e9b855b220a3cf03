import { LiveSessionDocument } from '@wellness/api-client/operations'
import { SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { SECOND } from '@wellness/domain/time'
import { describe, expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true },
  { how: 'without JavaScript', javaScriptEnabled: false },
])('$how', ({ javaScriptEnabled }) => {
  test('a stranger signs up by mail, practises, finds the session in the history, and signs out', async () => {
    const page = await harness.newPage({ javaScriptEnabled, baseURL: harness.webUrl })
    const email = harness.newAddress()
    const password = 'a calm lake at five in the morning'

    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: 'Wellness & Sensory Connection Assistant' }).waitFor()
    await page.getByRole('link', { name: 'Create an account' }).click()
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    expect(await page.locator('main').innerText()).toContain(email)

    await page.goto(await harness.waitForLink(email))
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Name (optional)').fill('Anna')
    await page.getByRole('button', { name: 'Create my account' }).click()
    await page.waitForURL('**/today')
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()

    await page.getByRole('button', { name: 'Start a session' }).click()
    await page.waitForURL('**/session')
    await page.getByText('Breathe in for 4 seconds, then out for 6.').waitFor()

    // One session, seen again after a reload and from a second tab.
    const since = await page.locator('main time').getAttribute('datetime')
    await page.reload()
    expect(await page.locator('main time').getAttribute('datetime')).toBe(since)
    const second = await page.context().newPage()
    await second.goto('/session')
    expect(await second.locator('main time').getAttribute('datetime')).toBe(since)
    await second.close()
    await page.goto('/today')
    await page.getByRole('link', { name: 'Go back to it' }).click()
    await page.waitForURL('**/session')

    await page.getByRole('button', { name: 'End the session' }).click()
    await page.waitForURL('**/session/session_*')
    await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()

    await page.getByRole('link', { name: 'See your history' }).click()
    await page.waitForURL('**/history')
    await page.locator('main li').first().waitFor()
    expect(await page.locator('main li').count()).toBe(1)
    expect(await page.locator('main li time').first().getAttribute('datetime')).toBe(since)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You’re signed out on this device.').waitFor()
    await page.goto('/today')
    await page.waitForURL('**/sign-in?redirectTo=%2Ftoday')

    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
  })

  test('a double click and a form sent twice make one session', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/today')
    const form = {
      intent: 'start',
      clientSessionId: await page.locator('[name=clientSessionId]').inputValue(),
      timeZone: 'Europe/Stockholm',
    }
    const post = () =>
      page.request.post('/today', { form, headers: { origin: harness.webUrl }, maxRedirects: 0 })
    const answers = await Promise.all([post(), post(), post()])
    expect(answers.map((answer) => answer.headers()['location'])).toEqual([
      '/session',
      '/session',
      '/session',
    ])

    await page.goto('/history')
    expect(await page.locator('main li').count()).toBe(1)
  })

  test('starting while a session runs elsewhere shows that one, and the ways on from it', async () => {
    const person = await harness.newPerson()
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    await page.goto('/today')
    const phone = await harness.newPageOf(person)
    await phone.goto('/today')
    await phone.getByRole('button', { name: 'Start a session' }).click()
    await phone.waitForURL('**/session')

    await page.getByRole('button', { name: 'Start a session' }).click()
    await page.getByRole('heading', { name: 'Your session is running' }).waitFor()
    await page.getByRole('button', { name: 'End it and start a new one' }).click()
    await page.waitForURL('**/session')
    await page.goto('/history')
    expect(await page.locator('main li').count()).toBe(2)
    expect(await page.locator('main li').filter({ hasText: 'running' }).count()).toBe(1)
  })
})

test('without JavaScript, "I’m still here" keeps the session alive for longer than it was', async () => {
  const person = await harness.newPerson()
  const readExpiry = async () =>
    Date.parse((await person.api.request(LiveSessionDocument)).me?.liveSession?.expiresAt ?? '')
  const page = await harness.newPageOf(person, { javaScriptEnabled: false })
  await page.goto('/today')
  await page.getByRole('button', { name: 'Start a session' }).click()
  await page.waitForURL('**/session')
  const before = await readExpiry()
  // What is only looked at does not count as a sign of life.
  await page.reload()
  expect(await readExpiry()).toBe(before)

  const pressedAt = Date.now()
  await page.getByRole('button', { name: 'I’m still here' }).click()
  await page.getByText('closes itself at').waitFor()
  expect(new URL(page.url()).pathname).toBe('/session')
  await expect.poll(readExpiry).toBeGreaterThan(before)
  expect((await readExpiry()) - pressedAt).toBeGreaterThanOrEqual(SESSION_TTL_SECONDS * SECOND)
})
