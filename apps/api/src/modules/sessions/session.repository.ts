import type { StatementRunner } from '../../platform/database/statementRunner.ts'
import { type SessionRecord, type SessionRow, sessionRow } from './sessionRow.ts'

export interface NewSession {
  id: string
  userId: string
  clientSessionId: string | null
  timeZone: string
  startedAt: Date
}

export interface Ending {
  endedAt: Date
  status: 'COMPLETED' | 'EXPIRED'
}

const COLUMNS = sessionRow.columns('s')
const FIND_BY_ID = `select ${COLUMNS} from session_metadata s where s.id = $1 and s.user_id = $2`

/** The records of sessions, in raw SQL: these statements are what starts, beats and ends cost. */
export class SessionRepository {
  readonly #statements: StatementRunner

  constructor(statements: StatementRunner) {
    this.#statements = statements
  }

  /**
   * Null when the user has an open session, or used the client's id before; the indexes decide, also between processes.
   * The local time is asked for so that a zone which PostgreSQL cannot count days in is refused here and not on every
   * later page.
   */
  insert({ id, userId, clientSessionId, timeZone, startedAt }: NewSession): Promise<SessionRecord | null> {
    return this.#write(
      `insert into session_metadata as s (id, user_id, started_at, last_seen_at, client_session_id, time_zone, status)
      values ($1, $2, $3, $3, $4, $5, 'RUNNING') on conflict do nothing
      returning ${COLUMNS}, s.started_at at time zone s.time_zone as local_start`,
      [id, userId, startedAt, clientSessionId, timeZone],
    )
  }

  findById(userId: string, id: string): Promise<SessionRecord | null> {
    return this.#read(FIND_BY_ID, [id, userId])
  }

  findByIds(userId: string, ids: string[]): Promise<SessionRecord[]> {
    return this.#readAll(
      `select ${COLUMNS} from session_metadata s where s.id = any($1::uuid[]) and s.user_id = $2`,
      [ids, userId],
    )
  }

  findByClientSessionId(userId: string, clientSessionId: string): Promise<SessionRecord | null> {
    return this.#read(
      `select ${COLUMNS} from session_metadata s where s.user_id = $1 and s.client_session_id = $2`,
      [userId, clientSessionId],
    )
  }

  findOpen(userId: string): Promise<SessionRecord | null> {
    return this.#read(
      `select ${COLUMNS} from session_metadata s where s.user_id = $1 and s.ended_at is null`,
      [userId],
    )
  }

  /** Locks the row until the transaction ends: whoever would end the session waits. */
  findForUpdate(userId: string, id: string): Promise<SessionRecord | null> {
    return this.#write(`${FIND_BY_ID} for update`, [id, userId])
  }

  /**
   * Ends a session as it was read: null when somebody else ended it or moved its last beat forward since, so that it ends
   * once, and no beat that was accepted in between is lost.
   */
  close(record: SessionRecord, { endedAt, status }: Ending): Promise<SessionRecord | null> {
    return this.#write(
      `update session_metadata as s set ended_at = $1, status = $2,
        duration_seconds = floor(extract(epoch from $1::timestamptz - s.started_at))
      where s.id = $3 and s.ended_at is null and s.last_seen_at < $4 returning ${COLUMNS}`,
      [endedAt, status, record.id, justAfter(record.lastSeenAt)],
    )
  }

  /** Moves the last sign of life forward, never back. Null when the session is over. */
  moveLastSeen(id: string, lastSeenAt: Date): Promise<SessionRecord | null> {
    return this.#write(
      `update session_metadata as s set last_seen_at = greatest(s.last_seen_at, $1)
      where s.id = $2 and s.ended_at is null returning ${COLUMNS}`,
      [lastSeenAt, id],
    )
  }

  /**
   * Writes a beat down because Redis is out of reach; not if one was since `unlessSince`. Null when it was not written:
   * for that reason, or because the session is over.
   */
  recordOutageBeat(id: string, at: Date, unlessSince: Date): Promise<SessionRecord | null> {
    return this.#write(
      `update session_metadata as s set last_seen_at = greatest(s.last_seen_at, $1), outage_beat_at = $1
      where s.id = $2 and s.ended_at is null and (s.outage_beat_at is null or s.outage_beat_at <= $3)
      returning ${COLUMNS}`,
      [at, id, unlessSince],
    )
  }

  async #read(text: string, values: unknown[]): Promise<SessionRecord | null> {
    return (await this.#readAll(text, values))[0] ?? null
  }

  async #readAll(text: string, values: unknown[]): Promise<SessionRecord[]> {
    const rows = await this.#statements.read<SessionRow>(text, values)
    return rows.map((row) => sessionRow.toRecord(row))
  }

  async #write(text: string, values: unknown[]): Promise<SessionRecord | null> {
    const [row] = await this.#statements.run<SessionRow>(text, values)
    return row ? sessionRow.toRecord(row) : null
  }
}

/** The column holds microseconds where somebody else wrote it, and a Date does not: "not newer than what was read". */
function justAfter(time: Date): Date {
  return new Date(time.getTime() + 1)
}
