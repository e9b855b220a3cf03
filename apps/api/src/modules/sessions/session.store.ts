import { SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { z } from 'zod'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'

const sessionState = z.object({ userId: z.string(), createdAt: z.iso.datetime(), timeZone: z.string() })

/** What lives in Redis for as long as a session is kept alive. */
export type SessionState = z.output<typeof sessionState>

/**
 * The live state of sessions in Redis. Nothing else lives under its prefix or knows its keys. It makes beats cheap and
 * tells others who is practising; what counts is the record in PostgreSQL.
 */
export class SessionStore {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Null when there is none, or what stands there is no session's state. */
  async getSessionState(id: string): Promise<SessionState | null> {
    const text = await this.#redis.get(keyOf(id))
    if (text === null) return null
    try {
      return sessionState.parse(JSON.parse(text))
    } catch {
      return null
    }
  }

  async setSessionState(id: string, state: SessionState): Promise<void> {
    await this.#redis.set(keyOf(id), JSON.stringify(state), 'EX', SESSION_TTL_SECONDS)
  }

  async deleteSessionState(...ids: string[]): Promise<void> {
    // One command a key: keys of different slots fit no single one. They share a write all the same.
    await Promise.all(ids.map((id) => this.#redis.del(keyOf(id))))
  }

  /** Gives the state its full time again, only if it is there. False when there is none. */
  async refreshSessionTTL(id: string): Promise<boolean> {
    return (await this.#redis.expire(keyOf(id), SESSION_TTL_SECONDS)) === 1
  }
}

function keyOf(id: string): string {
  return `session:{${id}}`
}
