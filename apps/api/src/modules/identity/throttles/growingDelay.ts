import type { RedisClient } from '../../../platform/redis/connectRedis.ts'
import { Quota } from './quota.ts'

export interface GrowingDelayOptions {
  redis: RedisClient
  name: string
  freeTries: number
  windowSeconds: number
  firstDelaySeconds: number
  maxDelaySeconds: number
}

/**
 * Some tries are free; behind them stands a gate that lets one pass and then stays shut, each time twice as long.
 * Waiting is a refusal and never a held request, which would cost the server more than the attacker.
 */
export class GrowingDelay {
  readonly #options: GrowingDelayOptions
  readonly #tries: Quota
  readonly #gate: Quota

  constructor(options: GrowingDelayOptions) {
    const { redis, name, windowSeconds, firstDelaySeconds } = options
    this.#options = options
    this.#tries = new Quota({ redis, name: `${name}:tries`, points: Number.MAX_SAFE_INTEGER, windowSeconds })
    this.#gate = new Quota({ redis, name: `${name}:gate`, points: 1, windowSeconds: firstDelaySeconds })
  }

  /** @throws {UserProblem} TOO_MANY_ATTEMPTS, without counting a try, while the gate is shut. */
  async take(key: string): Promise<void> {
    const tries = await this.#tries.take(key)
    if (tries < this.#options.freeTries) return
    try {
      await this.#gate.take(key, this.#delaySeconds(tries))
    } catch (refusal) {
      await this.#tries.giveBack(key)
      throw refusal
    }
  }

  /** For a try that was not carried out. The gate may stay shut a little: better than to open it for somebody else's try. */
  async giveBack(key: string): Promise<void> {
    await this.#tries.giveBack(key)
  }

  /** After a success: all tries are free again. */
  async forget(key: string): Promise<void> {
    await Promise.all([this.#tries.forget(key), this.#gate.forget(key)])
  }

  #delaySeconds(tries: number): number {
    const { freeTries, firstDelaySeconds, maxDelaySeconds } = this.#options
    return Math.min(firstDelaySeconds * 2 ** (tries - freeTries), maxDelaySeconds)
  }
}
