import { Cluster, type Redis } from 'ioredis'
import type { RedisClient } from './connectRedis.ts'

/** The nodes that hold keys: one, or those of a cluster. */
export function mastersOf(redis: RedisClient): Redis[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis]
}
