import type { RedisClient } from './connectRedis.ts'
import { mastersOf } from './mastersOf.ts'

/**
 * Rejects when Redis is away. A cluster is there as long as one of its nodes is: while another fails over, PostgreSQL
 * stands in for its keys, and turning all processes away at once would be the outage that the cluster is to prevent.
 */
export async function pingRedis(redis: RedisClient): Promise<void> {
  await Promise.any(mastersOf(redis).map((node) => node.ping()))
}
