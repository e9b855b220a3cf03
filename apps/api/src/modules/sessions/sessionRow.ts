import { toDate } from '../../platform/database/timestamp.ts'

export type SessionStatus = 'RUNNING' | 'COMPLETED' | 'EXPIRED'

/** A session's record as the rest of the code knows it. */
export interface SessionRecord {
  id: string
  userId: string
  startedAt: Date
  endedAt: Date | null
  durationSeconds: number | null
  lastSeenAt: Date
  outageBeatAt: Date | null
  clientSessionId: string | null
  timeZone: string
  status: SessionStatus
}

/** A row of session_metadata as a raw read gives it. */
export type SessionRow = Record<string, unknown>

const COLUMNS = [
  'id',
  'user_id',
  'started_at',
  'ended_at',
  'duration_seconds',
  'last_seen_at',
  'outage_beat_at',
  'client_session_id',
  'time_zone',
  'status',
] as const

export const sessionRow = {
  /** For a select of `session_metadata` under this name, or a returning of it. */
  columns(table: string): string {
    return COLUMNS.map((column) => `${table}.${column}`).join(', ')
  },

  toRecord(row: SessionRow): SessionRecord {
    const value = <Value>(column: (typeof COLUMNS)[number]) => row[column] as Value
    const endedAt = value<string | null>('ended_at')
    const outageBeatAt = value<string | null>('outage_beat_at')
    return {
      id: value('id'),
      userId: value('user_id'),
      startedAt: toDate(value('started_at')),
      endedAt: endedAt === null ? null : toDate(endedAt),
      durationSeconds: value('duration_seconds'),
      lastSeenAt: toDate(value('last_seen_at')),
      outageBeatAt: outageBeatAt === null ? null : toDate(outageBeatAt),
      clientSessionId: value('client_session_id'),
      timeZone: value('time_zone'),
      status: value('status'),
    }
  },
}
