import type { Redis } from 'ioredis'
import type pg from 'pg'
import type { Ledger } from './ledger.ts'
import type { RecordWatch } from './recordWatch.ts'

/** How far a session's times go back, and whether it is over by that. */
export interface Travel {
  startMs: number
  seenMs: number
  isOver: boolean
}

const BEAT_SHARDS = 8

/** Moves sessions back in time in both stores, as if so much had passed since: nobody can wait for three hours. */
export class TimeTravel {
  readonly #parts: { database: pg.Pool; redis: Redis; ledger: Ledger; watch: RecordWatch }

  constructor(parts: { database: pg.Pool; redis: Redis; ledger: Ledger; watch: RecordWatch }) {
    this.#parts = parts
  }

  async move(sessionIds: string[], { startMs, seenMs, isOver }: Travel): Promise<void> {
    const { database, ledger, watch } = this.#parts
    // One look at the records may be under way; whoever looks after this finds them moved.
    await watch.pauseFor(async () => {
      await this.#inBothStores(sessionIds, startMs, seenMs)
      const at = Date.now()
      for (const sessionId of sessionIds)
        ledger.backdated({ sessionId, at, startMs, seenMs, dueAt: isOver ? at : null })
      await database.query('select 1')
      watch.forget(sessionIds)
    })
  }

  async #inBothStores(ids: string[], startMs: number, seenMs: number): Promise<void> {
    const client = await this.#parts.database.connect()
    try {
      await client.query('begin')
      // Locked: a checkpoint that runs now leaves them alone.
      await client.query('select 1 from session_metadata where id = any($1) for update', [ids])
      await Promise.all(ids.map((id) => this.#moveBeat(id, seenMs)))
      await client.query(
        `update session_metadata set started_at = started_at - make_interval(secs => $2),
          last_seen_at = last_seen_at - make_interval(secs => $3),
          outage_beat_at = outage_beat_at - make_interval(secs => $3)
        where id = any($1) and ended_at is null`,
        [ids, startMs / 1_000, seenMs / 1_000],
      )
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  /** Where the beat is kept is looked for, and not known: only what stands there is moved. */
  async #moveBeat(id: string, byMs: number): Promise<void> {
    const { redis } = this.#parts
    for (let shard = 0; shard < BEAT_SHARDS; shard += 1) {
      const score = await redis.zscore(`beats:{${shard}}`, id)
      if (score !== null) await redis.zadd(`beats:{${shard}}`, Number(score) - byMs, id)
    }
  }
}
