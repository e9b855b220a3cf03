import type { RedisClient } from '../platform/redis/connectRedis.ts'

/** Redis is connected to in the background: a test that counts on it must not begin before it is there, or known to be away. */
export function untilReady(redis: RedisClient): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve()
  return new Promise((resolve) => {
    redis.once('ready', () => resolve())
    redis.once('error', () => resolve())
    // Broken off before a word was said is no error to the client.
    redis.once('close', () => resolve())
  })
}
