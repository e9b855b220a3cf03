import type { TestApi } from './createTestApi.ts'
import { findRedisKeys } from './findRedisKeys.ts'

/** Lets the throttles' counters grow older. They live by Redis's own clock, which no test can set. */
export async function passThrottleTime(api: TestApi, milliseconds: number): Promise<void> {
  const { redis } = api.app.services
  for (const key of await findRedisKeys(redis, 'throttle:*')) {
    const left = (await redis.pttl(key)) - milliseconds
    await (left > 0 ? redis.pexpire(key, left) : redis.del(key))
  }
}
