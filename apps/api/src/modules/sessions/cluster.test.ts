import { newId } from '@wellness/domain/newId'
import { type RedisCluster, startRedisCluster } from '@wellness/embedded/redisCluster'
import { Cluster } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectRedis, type RedisClient } from '../../platform/redis/connectRedis.ts'
import { BeatStore } from './beat.store.ts'
import { SessionStore } from './session.store.ts'

let server: RedisCluster
let client: RedisClient
beforeAll(async () => {
  // One node with every slot: it refuses what spans slots just as many nodes would.
  server = await startRedisCluster({ masters: 1 })
  client = connectRedis(
    server.nodes.map((node) => node.url),
    () => undefined,
    { isCluster: true },
  )
  await new Promise((resolve) => client.once('ready', resolve))
})
afterAll(async () => {
  client.disconnect()
  await server.stop()
})

test('a cluster serves as well as one node: no command spans slots', async () => {
  expect(client).toBeInstanceOf(Cluster)
  const [store, beats] = [new SessionStore(client), new BeatStore(client, 10)]
  const ids = Array.from({ length: 100 }, () => newId())
  const state = { userId: newId(), createdAt: '2026-03-01T09:00:00.000Z', timeZone: 'UTC' }
  const at = new Date('2026-03-01T09:00:00.000Z')

  await Promise.all(ids.flatMap((id) => [store.setSessionState(id, state), beats.record(id, at)]))
  const refreshed = await Promise.all(ids.map((id) => store.refreshSessionTTL(id)))
  expect(refreshed.every(Boolean)).toBe(true)
  expect(await store.getSessionState(ids[0] as string)).toEqual(state)
  expect((await beats.findMany(ids)).size).toBe(100)
  let read = 0
  for await (const batch of beats.readSince(at)) read += batch.length
  // Where the last beats of a batch share a millisecond they are met once more.
  expect(read).toBeGreaterThanOrEqual(100)

  await store.deleteSessionState(...ids)
  await beats.remove(...ids.slice(0, 50))
  await beats.prune(new Date(at.getTime() + 1))
  expect((await beats.findMany(ids)).size).toBe(0)
  expect(await store.getSessionState(ids[0] as string)).toBeNull()
})
