import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { SECOND } from '@wellness/domain/time'
import type { Logger } from 'pino'
import type { Clock } from '../../platform/clock/clock.ts'
import type { StatementRunner } from '../../platform/database/statementRunner.ts'
import { BEAT_RETENTION_MS, type BeatStore } from './beat.store.ts'
import type { SessionStore } from './session.store.ts'
import { type SessionRow, sessionRow } from './sessionRow.ts'
import { settle } from './settle.ts'

/** The pause between two sweeps, short enough that what lapsed is ended within a minute. */
export const SWEEP_PAUSE_MS = 25 * SECOND
const BATCH_SIZE = 500

export interface SweepParts {
  statements: StatementRunner
  clock: Clock
  logger: Logger
  store: SessionStore
  beats: BeatStore
}

/** Ends the sessions that lapsed or reached the cap while nobody asked for them. Any number may run side by side. */
export class SessionSweep {
  readonly #parts: SweepParts

  constructor(parts: SweepParts) {
    this.#parts = parts
  }

  async run(): Promise<void> {
    const now = this.#parts.clock.now().getTime()
    await this.#sweepOlder('last_seen_at', new Date(now - SESSION_TTL_SECONDS * SECOND))
    await this.#sweepOlder('started_at', new Date(now - MAX_SESSION_SECONDS * SECOND))
    await this.#withRedis(() => this.#parts.beats.prune(new Date(now - BEAT_RETENTION_MS)))
  }

  /** In the order of the index, on from the last row: those that Redis knows to be live are met only once. */
  async #sweepOlder(column: 'last_seen_at' | 'started_at', until: Date): Promise<void> {
    let after = ['-infinity', '00000000-0000-0000-0000-000000000000']
    for (;;) {
      const rows = await this.#parts.statements.read<SessionRow>(
        `select ${sessionRow.columns('s')} from session_metadata s
        where s.ended_at is null and s.${column} <= $1 and (s.${column}, s.id) > ($2, $3)
        order by s.${column}, s.id limit ${BATCH_SIZE}`,
        [until, ...after],
      )
      await this.#settle(rows)
      const last = rows.at(-1)
      if (!last || rows.length < BATCH_SIZE) return
      after = [last[column] as string, last['id'] as string]
    }
  }

  async #settle(rows: SessionRow[]): Promise<void> {
    const records = rows.map((row) => sessionRow.toRecord(row))
    const beats = await this.#withRedis(() => this.#parts.beats.findMany(records.map(({ id }) => id)))
    const now = this.#parts.clock.now()
    const over = records.flatMap((record) => {
      const verdict = settle(record, beats?.get(record.id) ?? null, now)
      return verdict.live ? [] : [{ ...record, ...verdict }]
    })
    if (over.length === 0) return
    // As a single end does: only what is open still, and was not seen since. A row that somebody holds is being seen to.
    const closed = await this.#parts.statements.run<{ id: string }>(
      `with verdicts as (
        select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::timestamptz[])
          as v (id, ended_at, status, read_before)),
      locked as (
        select s.id from session_metadata s join verdicts v on v.id = s.id
        where s.ended_at is null and s.last_seen_at < v.read_before order by s.id for update of s skip locked)
      update session_metadata s set ended_at = v.ended_at, status = v.status,
        duration_seconds = floor(extract(epoch from v.ended_at - s.started_at))
      from verdicts v join locked l on l.id = v.id
      where s.id = v.id and s.ended_at is null and s.last_seen_at < v.read_before returning s.id`,
      [
        over.map(({ id }) => id),
        over.map(({ endedAt }) => endedAt),
        over.map(({ status }) => status),
        over.map(({ lastSeenAt }) => new Date(lastSeenAt.getTime() + 1)),
      ],
    )
    const ids = closed.map(({ id }) => id)
    await this.#withRedis(() =>
      Promise.all([this.#parts.store.deleteSessionState(...ids), this.#parts.beats.remove(...ids)]),
    )
  }

  async #withRedis<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work()
    } catch (error) {
      this.#parts.logger.warn({ err: error }, 'a sweep went on without Redis')
      return undefined
    }
  }
}
