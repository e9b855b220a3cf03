import { expect, test } from 'vitest'
import { addLapsedSession } from './addLapsedSession.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()

test.each([true, false])(
  'a session that lapsed is told of kindly at the next visit, until its person has taken note (JavaScript: %s)',
  async (javaScriptEnabled) => {
    const person = await harness.newPerson()
    const { id, endedAt } = await addLapsedSession(person)
    const at = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(
      endedAt,
    )
    const page = await harness.newPageOf(person, { javaScriptEnabled })

    await page.goto('/today')
    await page.getByText(`Your session closed itself at ${at}. We kept 14 min.`).waitFor()
    await page.goto(`/session/${id}`)
    await page.getByRole('heading', { name: 'Your session closed itself' }).waitFor()
    await page.goto('/history')
    expect(await page.locator('main li').innerText()).toContain('closed itself')

    await page.goto('/today')
    await page.getByRole('button', { name: 'Got it' }).click()
    await page.getByRole('button', { name: 'Got it' }).waitFor({ state: 'detached' })
    await page.goto('/today')
    expect(await page.getByRole('button', { name: 'Got it' }).count()).toBe(0)
    expect(await page.locator('main li').innerText()).toContain('closed itself')
  },
)
