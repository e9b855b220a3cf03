import type { RedisClient } from '../platform/redis/connectRedis.ts'
import { mastersOf } from '../platform/redis/mastersOf.ts'

/** Redis as it is after it lost everything. */
export async function emptyRedis(redis: RedisClient): Promise<void> {
  await Promise.all(mastersOf(redis).map((node) => node.flushall()))
}
