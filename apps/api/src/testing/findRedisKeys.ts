import type { RedisClient } from '../platform/redis/connectRedis.ts'
import { mastersOf } from '../platform/redis/mastersOf.ts'

/** All keys of this pattern, whichever node has them. */
export async function findRedisKeys(redis: RedisClient, pattern: string): Promise<string[]> {
  return (await Promise.all(mastersOf(redis).map((node) => node.keys(pattern)))).flat().sort()
}
