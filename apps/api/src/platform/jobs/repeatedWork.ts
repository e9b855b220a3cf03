import { SECOND } from '@wellness/domain/time'
import type { Clock } from '../clock/clock.ts'
import type { RedisClient } from '../redis/connectRedis.ts'

const KEY = 'repeated-work'

/**
 * When the workers last did what they do again and again. In Redis, where every process finds it: a worker that is gone
 * can say of itself no more that it is. A Redis that was emptied knows again after the next round.
 */
export class RepeatedWork {
  readonly #redis: RedisClient
  readonly #clock: Clock

  constructor({ redis, clock }: { redis: RedisClient; clock: Clock }) {
    this.#redis = redis
    this.#clock = clock
  }

  /** Never fails: the work was done, whether Redis hears of it or not. */
  async wasDone(name: string): Promise<void> {
    await this.#redis.hset(KEY, name, this.#clock.now().getTime()).catch(() => undefined)
  }

  /** By name, the seconds since. */
  async ages(): Promise<Record<string, number>> {
    const done = await this.#redis.hgetall(KEY)
    const now = this.#clock.now().getTime()
    return Object.fromEntries(
      Object.entries(done).map(([name, at]) => [name, Math.max(0, now - Number(at)) / SECOND]),
    )
  }
}
