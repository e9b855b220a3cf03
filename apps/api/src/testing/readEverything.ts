import type { RedisClient } from '../platform/redis/connectRedis.ts'
import type { TestApi } from './createTestApi.ts'
import { findRedisKeys } from './findRedisKeys.ts'

/** Every row of every table, the job queue's too, and every key and value of Redis, each as text under where it stands. */
export async function readEverything(
  api: TestApi,
  redis: RedisClient = api.app.services.redis,
): Promise<{ place: string; text: string }[]> {
  const tables = await api.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const rows = await Promise.all(
    tables.map(async ({ name }) =>
      (await api.sql<{ text: string }>(`select to_json(t)::text as text from ${name} t`)).map(({ text }) => ({
        place: name,
        text,
      })),
    ),
  )
  const keys = await Promise.all(
    (await findRedisKeys(redis, '*')).map(async (key) => ({
      place: `redis ${key}`,
      text: `${key} ${JSON.stringify(await readValue(redis, key))}`,
    })),
  )
  return [...rows.flat(), ...keys]
}

async function readValue(redis: RedisClient, key: string): Promise<unknown> {
  const type = await redis.type(key)
  if (type === 'string') return redis.get(key)
  if (type === 'zset') return redis.zrange(key, '0', '-1')
  if (type === 'hash') return redis.hgetall(key)
  if (type === 'none') return null
  throw new Error(`Nobody knows how to read a ${type}`)
}
