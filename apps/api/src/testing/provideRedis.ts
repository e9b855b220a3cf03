import { findFreePort } from '@wellness/embedded/freePort'
import { startRedis } from '@wellness/embedded/redis'
import { connectRedis } from '../platform/redis/connectRedis.ts'
import { emptyRedis } from './emptyRedis.ts'
import { testEnv } from './env.ts'
import { untilReady } from './untilReady.ts'

/** A Redis of the caller's own, or the one that the run was given, emptied. */
export async function provideRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = testEnv.redisUrl
  if (!url) return startRedis({ port: await findFreePort() })
  const redis = connectRedis(url.split(','), (error) => console.error(error.message))
  await untilReady(redis)
  await emptyRedis(redis)
  redis.disconnect()
  return { url, stop: () => Promise.resolve() }
}
