import { expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

/** One waits as long as the API waits for its database, and the browser's own deadline comes later. */
const PATIENCE = { timeout: 25_000 }

test.each([
  { how: 'hangs', stop: 'freeze', code: 'TIMEOUT' },
  { how: 'is gone', stop: 'shut', code: 'SERVICE_UNAVAILABLE' },
] as const)(
  'while PostgreSQL $how a page says with 503 to try again, a form keeps what was typed, and the log knows why: $code',
  async ({ stop, code }) => {
    const { web, gate } = await harness.startWebOnGatedDatabase()
    const { token } = await harness.sharedPerson()
    const form = await harness.newPage({ baseURL: web.url })
    await form.context().addCookies([{ name: 'login', value: token, url: web.url }])
    await form.goto('/settings/profile')
    await form.getByLabel('Name').fill('Not lost')
    const page = await form.context().newPage()

    gate[stop]()
    await Promise.all([
      page.goto('/today', PATIENCE).then((answer) => {
        expect(answer?.status()).toBe(503)
        expect(answer?.headers()['retry-after']).toBe('5')
      }),
      form.getByRole('button', { name: 'Save' }).click(),
    ])
    await page.getByRole('heading', { name: 'We can’t reach our server just now' }).waitFor()
    await form.getByRole('alert').getByText('What you typed is still here.').waitFor(PATIENCE)
    expect(await form.getByLabel('Name').inputValue()).toBe('Not lost')
    expect(web.log()).toContain(`"code":"${code}"`)
  },
)
