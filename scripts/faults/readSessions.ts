import type pg from 'pg'
import type { HeldSession } from './held.ts'

interface Row {
  id: string
  user_id: string
  client_session_id: string | null
  started_at: string
  ended_at: string | null
  duration_seconds: number | null
  last_seen_at: string
  status: HeldSession['status']
}

/** Every record, in one statement, so that all of it is of one moment. */
export async function readSessions(database: pg.Pool): Promise<HeldSession[]> {
  const milliseconds = (column: string): string => `floor(extract(epoch from ${column}) * 1000) as ${column}`
  const { rows } = await database.query<Row>(
    `select id, user_id, client_session_id, ${milliseconds('started_at')}, ${milliseconds('ended_at')},
      duration_seconds, ${milliseconds('last_seen_at')}, status from session_metadata`,
  )
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    clientSessionId: row.client_session_id,
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    durationSeconds: row.duration_seconds,
    lastSeenAt: Number(row.last_seen_at),
    status: row.status,
  }))
}
