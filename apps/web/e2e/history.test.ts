import { EndSessionDocument, StartSessionDocument } from '@wellness/api-client/operations'
import { beforeAll, expect, test } from 'vitest'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()
const COUNT = 45
let person: Person

beforeAll(async () => {
  person = await harness.newPerson()
  for (let count = 0; count < COUNT; count++) {
    const { startSession } = await person.api.request(StartSessionDocument, {
      input: { timeZone: 'Pacific/Auckland' },
    })
    await person.api.request(EndSessionDocument, { input: { id: startSession.session?.id ?? '' } })
  }
})

test.each([true, false])(
  'paging to the oldest and back shows every session once, newest first (JavaScript: %s)',
  async (javaScriptEnabled) => {
    const page = await harness.newPageOf(person, { javaScriptEnabled })
    const readPage = () =>
      page.locator('main li > a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    const go = async (name: string) => {
      const [former] = await readPage()
      await page.getByRole('link', { name, exact: true }).click()
      await expect.poll(async () => (await readPage())[0], { timeout: 10_000 }).not.toBe(former)
    }

    await page.goto('/history')
    const pages = [await readPage()]
    expect(await page.getByRole('link', { name: 'Newer', exact: true }).count()).toBe(0)
    for (let count = 0; count < 2; count++) {
      await go('Older')
      pages.push(await readPage())
    }
    expect(await page.getByRole('link', { name: 'Older', exact: true }).count()).toBe(0)
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5])
    // TypeIDs of UUIDv7 sort by time.
    expect(pages.flat()).toEqual([...new Set(pages.flat())].sort().reverse())

    await go('Newer')
    expect(await readPage()).toEqual(pages[1])
    await go('Newer')
    expect(await readPage()).toEqual(pages[0])
    expect(await page.getByRole('link', { name: 'Newer', exact: true }).count()).toBe(0)
  },
)

test('times are those of the place the session was held in, in the language of the browser', async () => {
  const page = await harness.newPageOf(person, { locale: 'de-DE', timezoneId: 'America/New_York' })
  await page.goto('/history')
  const row = page.locator('main li').first()
  const startedAt = new Date((await row.locator('time').first().getAttribute('datetime')) ?? '')
  const there = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('de-DE', { timeZone: 'Pacific/Auckland', ...options }).format(startedAt)
  const text = await row.innerText()
  expect(text).toContain(there({ timeStyle: 'short' }))
  expect(text).toContain(there({ weekday: 'short', day: 'numeric', month: 'short' }))
  expect(await page.locator('main h2').first().innerText()).toBe(there({ month: 'long', year: 'numeric' }))
})

test('an address of a page that was cut short leads to the newest page, never to an error', async () => {
  const page = await harness.newPageOf(person)
  for (const query of [
    'after=nonsense',
    'before=nonsense',
    'after=',
    'after=%00',
    `after=${'A'.repeat(3000)}`,
  ]) {
    const answer = await page.goto(`/history?${query}`)
    expect(answer?.status()).toBe(200)
    expect(await page.locator('main li').count()).toBe(20)
  }
})
