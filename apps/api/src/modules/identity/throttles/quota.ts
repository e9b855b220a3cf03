import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RedisClient } from '../../../platform/redis/connectRedis.ts'
import { THROTTLE_PREFIX } from './throttleKeys.ts'
import { tooManyAttempts } from './tooManyAttempts.ts'

export interface QuotaOptions {
  redis: RedisClient
  name: string
  points: number
  windowSeconds: number
}

/**
 * So many points in a window, over all processes. While Redis is away each process counts for itself: a throttle that
 * opens when its store fails would be opened by whoever can make it fail.
 */
export class Quota {
  readonly #limiter: RateLimiterRedis

  constructor({ redis, name, points, windowSeconds }: QuotaOptions) {
    const options = { points, duration: windowSeconds, keyPrefix: `${THROTTLE_PREFIX}:${name}` }
    this.#limiter = new RateLimiterRedis({
      ...options,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    })
  }

  /**
   * Takes a point before the work is done, so that attempts side by side cannot slip past.
   *
   * @returns how many were taken in this window.
   * @throws {UserProblem} TOO_MANY_ATTEMPTS when there is none left.
   */
  async take(key: string, windowSeconds?: number): Promise<number> {
    try {
      const options = windowSeconds === undefined ? {} : { customDuration: windowSeconds }
      return (await this.#limiter.consume(key, 1, options)).consumedPoints
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooManyAttempts(refusal.msBeforeNext)
      throw refusal
    }
  }

  /** For work that was not carried out, or that does not count. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key, 1)
  }

  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key)
  }
}
