import pg from 'pg'
import { EndSessionDocument, StartSessionDocument } from '@wellness/api-client/operations'
import { expect, inject } from 'vitest'
import type { Person } from './harness.ts'

/** A session that lapsed an hour ago with 14 and a half minutes in it, as the sweep leaves one. */
export async function addLapsedSession({ api }: Person): Promise<{ id: string; endedAt: Date }> {
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
