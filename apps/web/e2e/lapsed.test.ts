import pg from 'pg'
import { EndSessionDocument, StartSessionDocument } from '@wellness/api-client/generated/graphql'
import { expect, inject, test } from 'vitest'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

/** A session that lapsed an hour ago with 14 and a half minutes in it, as the sweep leaves one. */
async function addLapsedSession({ api }: Person): Promise<{ id: string; endedAt: Date }> {
  const { startSession } = await api.request(StartSessionDocument, { input: { timeZone: 'Asia/Tokyo' } })
  const { id = '', startedAt = '' } = startSession.session ?? {}
  await api.request(EndSessionDocument, { input: { id } })

  const endedAt = new Date(Date.parse(startedAt) - 3_600_000)
  const client = new pg.Client(inject('product').databaseUrl)
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `update session_metadata set status = 'EXPIRED', started_at = $1, ended_at = $2, last_seen_at = $2, duration_seconds = 870
       where started_at = $3`,
      [new Date(endedAt.getTime() - 870_000), endedAt, startedAt],
    )
    expect(rowCount).toBe(1)
  } finally {
    await client.end()
  }
  return { id, endedAt }
}

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
    await page.getByRole('button', { name: 'Fine' }).click()
    await page.getByRole('button', { name: 'Fine' }).waitFor({ state: 'detached' })
    await page.goto('/today')
    expect(await page.getByRole('button', { name: 'Fine' }).count()).toBe(0)
    expect(await page.locator('main li').innerText()).toContain('closed itself')
  },
)
