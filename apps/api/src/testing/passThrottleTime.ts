import { Redis } from 'ioredis'
import type { TestApi } from './createTestApi.ts'

/** Lets the throttles' counters grow older. They live by Redis's own clock, which no test can set. */
export async function passThrottleTime(api: TestApi, milliseconds: number): Promise<void> {
  const redis = new Redis(api.env.REDIS_URL[0] ?? '')
  try {
    for (const key of await redis.keys('throttle:*')) {
      const left = (await redis.pttl(key)) - milliseconds
      await (left > 0 ? redis.pexpire(key, left) : redis.del(key))
    }
  } finally {
    redis.disconnect()
  }
}
