import type { EntityManager } from '@mikro-orm/postgresql'
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

/** The records of sessions, in raw SQL: these statements are what starts, beats and ends cost. */
export class SessionRepository {
  readonly #em: EntityManager

  constructor(em: EntityManager) {
    this.#em = em
  }

  /**
   * Null when the user has an open session, or used the client's id before; the indexes decide, also between processes.
   * The local time is asked for so that a zone which PostgreSQL cannot count days in is refused here and not on every
   * later page.
   */
  insert({ id, userId, clientSessionId, timeZone, startedAt }: NewSession): Promise<SessionRecord | null> {
    return this.#one(
      `insert into session_metadata as s (id, user_id, started_at, last_seen_at, client_session_id, time_zone, status)
      values (?, ?, ?, ?, ?, ?, 'RUNNING') on conflict do nothing
      returning ${COLUMNS}, s.started_at at time zone s.time_zone as local_start`,
      [id, userId, startedAt, startedAt, clientSessionId, timeZone],
    )
  }

  findById(userId: string, id: string): Promise<SessionRecord | null> {
    return this.#one(`select ${COLUMNS} from session_metadata s where s.id = ? and s.user_id = ?`, [
      id,
      userId,
    ])
  }

  findByIds(userId: string, ids: string[]): Promise<SessionRecord[]> {
    return this.#all(`select ${COLUMNS} from session_metadata s where s.id in (?) and s.user_id = ?`, [
      ids,
      userId,
    ])
  }

  findByClientSessionId(userId: string, clientSessionId: string): Promise<SessionRecord | null> {
    return this.#one(
      `select ${COLUMNS} from session_metadata s where s.user_id = ? and s.client_session_id = ?`,
      [userId, clientSessionId],
    )
  }

  findOpen(userId: string): Promise<SessionRecord | null> {
    return this.#one(`select ${COLUMNS} from session_metadata s where s.user_id = ? and s.ended_at is null`, [
      userId,
    ])
  }

  /** Locks the row until the transaction ends: whoever would end the session waits. */
  findForUpdate(userId: string, id: string): Promise<SessionRecord | null> {
    return this.#one(
      `select ${COLUMNS} from session_metadata s where s.id = ? and s.user_id = ? for update`,
      [id, userId],
    )
  }

  /**
   * Ends a session as it was read: null when somebody else ended it or moved its last beat forward since, so that it ends
   * once, and no beat that was accepted in between is lost.
   */
  close(record: SessionRecord, { endedAt, status }: Ending): Promise<SessionRecord | null> {
    return this.#one(
      `update session_metadata as s set ended_at = ?, status = ?,
        duration_seconds = floor(extract(epoch from ?::timestamptz - s.started_at))
      where s.id = ? and s.ended_at is null and s.last_seen_at < ? returning ${COLUMNS}`,
      [endedAt, status, endedAt, record.id, justAfter(record.lastSeenAt)],
    )
  }

  /** Moves the last sign of life forward, never back. Null when the session is over. */
  moveLastSeen(id: string, lastSeenAt: Date): Promise<SessionRecord | null> {
    return this.#one(
      `update session_metadata as s set last_seen_at = greatest(s.last_seen_at, ?)
      where s.id = ? and s.ended_at is null returning ${COLUMNS}`,
      [lastSeenAt, id],
    )
  }

  /**
   * Writes a beat down because Redis is out of reach; not if one was since `unlessSince`. Null when it was not written:
   * for that reason, or because the session is over.
   */
  recordOutageBeat(id: string, at: Date, unlessSince: Date): Promise<SessionRecord | null> {
    return this.#one(
      `update session_metadata as s set last_seen_at = greatest(s.last_seen_at, ?), outage_beat_at = ?
      where s.id = ? and s.ended_at is null and (s.outage_beat_at is null or s.outage_beat_at <= ?)
      returning ${COLUMNS}`,
      [at, at, id, unlessSince],
    )
  }

  async #one(sql: string, parameters: unknown[]): Promise<SessionRecord | null> {
    return (await this.#all(sql, parameters))[0] ?? null
  }

  async #all(sql: string, parameters: unknown[]): Promise<SessionRecord[]> {
    return (await this.#em.execute<SessionRow[]>(sql, parameters)).map((row) => sessionRow.toRecord(row))
  }
}

/** The column holds microseconds where somebody else wrote it, and a Date does not: "not newer than what was read". */
function justAfter(time: Date): Date {
  return new Date(time.getTime() + 1)
}
