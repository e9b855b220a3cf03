import { toDate, toIsoInstant } from '../../platform/database/timestamp.ts'

export type SessionStatus = 'RUNNING' | 'COMPLETED' | 'EXPIRED'

/** What of a session others are told. */
export interface SessionFacts<Instant = Date> {
  id: string
  startedAt: Instant
  endedAt: Instant | null
  durationSeconds: number | null
  timeZone: string
  status: SessionStatus
}

/** A session's record as the rest of the code knows it. */
export interface SessionRecord extends SessionFacts {
  userId: string
  lastSeenAt: Date
  outageBeatAt: Date | null
  clientSessionId: string | null
}

/** Nothing more is ever asked of a session that is over, and its instants, ISO 8601, are only passed on. */
export type EndedSession = SessionFacts<string> & { endedAt: string }

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

const LIST_COLUMNS = ['id', 'started_at', 'ended_at', 'duration_seconds', 'time_zone', 'status'] as const

export const sessionRow = {
  /** For a select of `session_metadata` under this name, or a returning of it. */
  columns(table: string): string {
    return COLUMNS.map((column) => `${table}.${column}`).join(', ')
  },

  /** For a list, in which at most one session is open: that one brings all its columns, in one. */
  listColumns(table: string): string {
    const columns = LIST_COLUMNS.map((column) => `${table}.${column}`).join(', ')
    return `${columns}, case when ${table}.ended_at is null then to_json(${table}) end as open_row`
  },

  toListed(row: SessionRow): SessionRecord | EndedSession {
    const value = <Value>(column: (typeof LIST_COLUMNS)[number]) => row[column] as Value
    const endedAt = value<string | null>('ended_at')
    if (endedAt === null) return sessionRow.toRecord(row['open_row'] as SessionRow)
    return {
      id: value('id'),
      startedAt: toIsoInstant(value('started_at')),
      endedAt: toIsoInstant(endedAt),
      durationSeconds: value('duration_seconds'),
      timeZone: value('time_zone'),
      status: value('status'),
    }
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
