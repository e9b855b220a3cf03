import { hash } from 'node:crypto'
import type { RedisClient } from './connectRedis.ts'

/**
 * A script that Redis knows by its hash. As a plain command, it leaves together with all others of the same moment; its text
 * is sent only to a Redis that does not know it yet, such as one that was started anew.
 */
export class RedisScript<Answer> {
  readonly #text: string
  readonly #sha: string
  readonly #isKnownTo = new WeakSet<RedisClient>()

  constructor(text: string) {
    this.#text = text
    this.#sha = hash('sha1', text)
  }

  /** @param keys of one hash slot, so that a cluster serves as well. */
  async run(redis: RedisClient, keys: string[], args: (string | number)[]): Promise<Answer> {
    if (this.#isKnownTo.has(redis)) {
      try {
        return (await redis.evalsha(this.#sha, keys.length, ...keys, ...args)) as Answer
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      }
    }
    const answer = (await redis.eval(this.#text, keys.length, ...keys, ...args)) as Answer
    this.#isKnownTo.add(redis)
    return answer
  }
}
