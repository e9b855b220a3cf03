import { DAY } from '@wellness/domain/time'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'

export interface Beat {
  sessionId: string
  at: Date
}

/** Beats of sessions that are over are removed with them; one that was left behind is older than any live session here. */
export const BEAT_RETENTION_MS = DAY

const SHARDS = [0, 1, 2, 3, 4, 5, 6, 7] as const

/**
 * The last beat of every session, in a few sorted sets: they outlive the sessions' keys, so that what lapsed is known to
 * have ended at its last beat, and are read by ranges of time. Several, so that the nodes of a cluster share them.
 */
export class BeatStore {
  readonly #redis: RedisClient
  readonly #batchSize: number

  /** @param batchSize how many a command reads or forgets at most, so that none keeps Redis busy for long. */
  constructor(redis: RedisClient, batchSize = 1_000) {
    this.#redis = redis
    this.#batchSize = batchSize
  }

  /** Moves the last beat forward, never back: beats may arrive out of order. */
  async record(sessionId: string, at: Date): Promise<void> {
    await this.#redis.zadd(keyOf(sessionId), 'GT', at.getTime(), sessionId)
  }

  /** Null when the index has none, as for a Redis that was emptied. */
  async find(sessionId: string): Promise<Date | null> {
    const score = await this.#redis.zscore(keyOf(sessionId), sessionId)
    return score === null ? null : new Date(Number(score))
  }

  async findMany(sessionIds: string[]): Promise<Map<string, Date>> {
    const beats = await Promise.all(sessionIds.map(async (id) => [id, await this.find(id)] as const))
    return new Map(beats.flatMap(([id, at]) => (at ? [[id, at] as const] : [])))
  }

  async remove(...sessionIds: string[]): Promise<void> {
    await Promise.all(sessionIds.map((id) => this.#redis.zrem(keyOf(id), id)))
  }

  /**
   * The beats since a time, oldest first, in batches. In this order one that moves forward meanwhile is met again later
   * and never missed.
   */
  async *readSince(since: Date): AsyncGenerator<Beat[]> {
    for (const shard of SHARDS) {
      let min = since.getTime()
      let offset = 0
      for (;;) {
        const flat = await this.#redis.zrange(
          shardKey(shard),
          min,
          '+inf',
          'BYSCORE',
          'LIMIT',
          offset,
          this.#batchSize,
          'WITHSCORES',
        )
        const beats = toBeats(flat)
        const last = beats.at(-1)
        if (!last) break
        yield beats
        if (beats.length < this.#batchSize) break
        // More beats of one millisecond than a batch holds: only then is there no later score to go on from.
        if (last.at.getTime() === min) offset += this.#batchSize
        else [min, offset] = [last.at.getTime(), 0]
      }
    }
  }

  /** Forgets the beats before a time, in batches. */
  async prune(before: Date): Promise<void> {
    for (const shard of SHARDS) {
      const key = shardKey(shard)
      for (;;) {
        const [, score] = await this.#redis.zrange(
          key,
          '-inf',
          `(${before.getTime()}`,
          'BYSCORE',
          'LIMIT',
          this.#batchSize - 1,
          1,
          'WITHSCORES',
        )
        // By score and not by name: a beat that came meanwhile is out of the range.
        await this.#redis.zremrangebyscore(key, '-inf', score ?? `(${before.getTime()}`)
        if (score === undefined) break
      }
    }
  }
}

function toBeats(flat: string[]): Beat[] {
  const beats: Beat[] = []
  for (let i = 0; i + 1 < flat.length; i += 2)
    beats.push({ sessionId: flat[i] as string, at: new Date(Number(flat[i + 1])) })
  return beats
}

function keyOf(sessionId: string): string {
  // The last digits of a UUIDv7 are random.
  return shardKey(Number.parseInt(sessionId.slice(-1), 16) % SHARDS.length)
}

function shardKey(shard: number): string {
  return `beats:{${shard}}`
}
