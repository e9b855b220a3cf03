import type { Page } from 'playwright-core'
import { EndSessionDocument, LiveSessionDocument } from '@wellness/api-client/operations'
import { afterEach, expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

/** Polling ends as soon as it is so. */
const SOON = { timeout: 10_000, interval: 50 }

/** Starts a session, and waits until its page has beaten for the first time. */
async function start(page: Page) {
  await page.goto('/today')
  const firstBeat = page.waitForResponse('**/session/beat')
  await page.getByRole('button', { name: 'Start a session' }).click()
  await page.waitForURL('**/session')
  await page.getByRole('timer').waitFor()
  await firstBeat
}

async function findLiveSession() {
  const { api } = await harness.sharedPerson()
  return (await api.request(LiveSessionDocument)).me?.liveSession ?? null
}

async function endFromElsewhere() {
  const { api } = await harness.sharedPerson()
  const session = await findLiveSession()
  if (session) await api.request(EndSessionDocument, { input: { id: session.id } })
}

async function readSeconds(page: Page): Promise<number> {
  const [seconds = 0, minutes = 0] = (await page.getByRole('timer').innerText())
    .split(':')
    .map(Number)
    .reverse()
  return minutes * 60 + seconds
}

afterEach(endFromElsewhere)

test('the time is right at once after a reload, and in a second tab', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await start(page)
  await page.waitForFunction(() => document.querySelector('[role=timer]')?.textContent === '0:03')
  const startedAt = Date.parse((await findLiveSession())?.startedAt ?? '')

  await page.reload()
  const reloaded = [await readSeconds(page), (Date.now() - startedAt) / 1000] as const
  expect(Math.abs(reloaded[0] - reloaded[1])).toBeLessThan(2)

  const second = await page.context().newPage()
  await second.goto('/session')
  expect(Math.abs((await readSeconds(second)) - (await readSeconds(page)))).toBeLessThan(2)
})

test('a device whose clock is an hour wrong counts from the server’s clock', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await page.addInitScript(() => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + 3_600_000
  })
  await start(page)
  await page.waitForFunction(() => document.querySelector('[role=timer]')?.textContent === '0:02')
})

test('the page beats at once on arriving, on becoming visible and on being hidden', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  const beats: string[] = []
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('/session/beat')) beats.push(request.resourceType())
  })
  await start(page)
  await expect.poll(() => beats.length, SOON).toBe(1)

  const setVisibility = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await setVisibility('hidden')
  await expect.poll(() => beats.at(-1), SOON).toBe('ping')
  await setVisibility('visible')
  await expect.poll(() => beats.length, SOON).toBe(3)
})

test('a page that is left open beats about every minute, and never brings an ended session back', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await page.clock.install()
  const beats: number[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('/session/beat')) beats.push(response.status())
  })
  await start(page)
  await expect.poll(() => beats.length, SOON).toBe(1)
  await page.clock.runFor(50_000)
  expect(beats.length).toBe(1)
  await page.clock.runFor(16_000)
  await expect.poll(() => beats.length, SOON).toBe(2)

  const { id } = (await findLiveSession()) ?? {}
  await endFromElsewhere()
  await page.clock.runFor(66_000)
  await page.waitForURL(`**/session/${id}`)
  await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
  expect(await findLiveSession()).toBeNull()
})

test('an open page that nobody has touched for an hour stops beating, and a touch brings it back', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await page.clock.install()
  await start(page)
  // Leaping: every frame of an hour would be drawn otherwise.
  await page.clock.fastForward(61 * 60_000)
  await page.getByText('It’s an hour since you last touched this page.').waitFor()
  let beats = 0
  page.on('request', (request) => (beats += request.url().endsWith('/session/beat') ? 1 : 0))
  for (let minute = 0; minute < 10; minute++) await page.clock.fastForward(60_000)
  expect(beats).toBe(0)
  await page.getByRole('button', { name: 'I’m still here' }).click()
  await expect.poll(() => beats, SOON).toBe(1)
})

test('a session that was ended elsewhere is met with its fresh state when one comes back to the tab', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await start(page)
  const { id } = (await findLiveSession()) ?? {}
  await endFromElsewhere()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.waitForURL(`**/session/${id}`)
  await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
})

test('a second tab learns at once that its session was ended in the first', async () => {
  const first = await harness.newPageOf(await harness.sharedPerson())
  await start(first)
  const second = await first.context().newPage()
  await second.clock.install()
  const firstBeat = second.waitForResponse('**/session/beat')
  await second.goto('/session')
  await firstBeat
  await first.getByRole('button', { name: 'End the session' }).click()
  // Its clock stands still, so that no beat of its own comes round.
  await second.getByRole('heading', { name: 'Your session is kept' }).waitFor()
})

test('ending a session that was ended elsewhere is no error', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson(), { javaScriptEnabled: false })
  await page.goto('/today')
  await page.getByRole('button', { name: 'Start a session' }).click()
  await page.waitForURL('**/session')
  await endFromElsewhere()
  await page.getByRole('button', { name: 'End the session' }).click()
  await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
})

test('while the API is away the practice goes on, and the page catches up by itself', async () => {
  const { web, gate } = await harness.startGatedWeb()
  const page = await harness.newPageOf(await harness.sharedPerson(), { webUrl: web.url })
  await start(page)
  const { id, startedAt } = (await findLiveSession()) ?? {}

  gate.shut()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByText('We can’t reach our server just now.').waitFor()
  const before = await readSeconds(page)
  await expect.poll(() => readSeconds(page), SOON).toBeGreaterThan(before + 1)

  // Ending is not possible now: that is said, and the page and its time stay.
  await page.getByRole('button', { name: 'End the session' }).click()
  await page.getByRole('alert').getByText('We can’t reach our server just now').waitFor()
  expect(await page.getByRole('timer').isVisible()).toBe(true)

  await gate.open()
  await page.getByText('We can’t reach our server just now. Keep').waitFor({ state: 'detached' })
  expect(await findLiveSession()).toMatchObject({ id, startedAt })
  await page.getByRole('button', { name: 'End the session' }).click()
  await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
})

test('offline, ending is refused in words and the session’s page stays', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson())
  await start(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'End the session' }).click()
  await page.getByRole('alert').getByText('You are offline').waitFor()
  expect(await page.getByRole('timer').isVisible()).toBe(true)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'End the session' }).click()
  await page.getByRole('heading', { name: 'Your session is kept' }).waitFor()
})

test('the buttons of the session page are at least 44 px high and wide, and End asks nothing', async () => {
  const page = await harness.newPageOf(await harness.sharedPerson(), {
    viewport: { width: 320, height: 640 },
  })
  await start(page)
  for (const button of await page.locator('a:visible, button:visible').all()) {
    const box = await button.boundingBox()
    if (!box || box.y < 0) continue
    expect(Math.min(box.height, box.width), await button.innerText()).toBeGreaterThanOrEqual(44)
  }
  await page.getByRole('button', { name: 'End the session' }).click()
  await page.waitForURL('**/session/session_*')
})
