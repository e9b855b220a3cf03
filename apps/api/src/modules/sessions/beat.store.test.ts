import { newId } from '@wellness/domain/newId'
import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectRedis } from '../../platform/redis/connectRedis.ts'
import { type Beat, BeatStore } from './beat.store.ts'

let server: RedisServer
let redis: Redis
let beats: BeatStore
beforeAll(async () => {
  server = await startRedis({ port: await findFreePort() })
  redis = connectRedis([server.url], () => undefined) as Redis
  await new Promise((resolve) => redis.once('ready', resolve))
  beats = new BeatStore(redis, 10)
})
beforeEach(() => redis.flushall())
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const at = (milliseconds: number) => new Date(1_800_000_000_000 + milliseconds)

test('a beat that arrives late never moves the last one back', async () => {
  const id = newId()
  await beats.record(id, at(5))
  await beats.record(id, at(4))
  expect(await beats.find(id)).toEqual(at(5))
  await beats.record(id, at(6))
  expect(await beats.find(id)).toEqual(at(6))
})

test('beats outlive the keys of sessions, outside their prefix, in eight sorted sets', async () => {
  await Promise.all(Array.from({ length: 200 }, () => beats.record(newId(), at(0))))
  const keys = (await redis.keys('*')).sort()
  expect(keys).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((shard) => `beats:{${shard}}`))
  for (const key of keys) expect(await redis.ttl(key)).toBe(-1)
})

test('many are found at once, without those that there are not', async () => {
  const [one, other, none] = [newId(), newId(), newId()]
  await beats.record(one, at(1))
  await beats.record(other, at(2))
  expect(await beats.findMany([one, other, none])).toEqual(
    new Map([
      [one, at(1)],
      [other, at(2)],
    ]),
  )
  await beats.remove(one, other)
  expect(await beats.findMany([one, other])).toEqual(new Map())
})

test('every beat since a time is read, however many share a millisecond', async () => {
  const ids = Array.from({ length: 300 }, () => newId())
  await fill(ids.map((id, index) => ({ sessionId: id, at: at(index < 250 ? 7 : index) })))
  await beats.record(newId(), at(3))
  const read = new Set<string>()
  for await (const batch of beats.readSince(at(7))) for (const { sessionId } of batch) read.add(sessionId)
  expect(read.size).toBe(ids.length)
})

test('a beat that moves forward while the others are read is met again', async () => {
  const ids = Array.from({ length: 200 }, () => newId())
  await fill(ids.map((id, index) => ({ sessionId: id, at: at(index) })))
  const last = new Map<string, number>()
  let isFirst = true
  for await (const batch of beats.readSince(at(0))) {
    for (const beat of batch) last.set(beat.sessionId, beat.at.getTime())
    if (isFirst) await Promise.all(ids.map((id) => beats.record(id, at(1_000))))
    isFirst = false
  }
  expect(new Set(last.values())).toEqual(new Set([at(1_000).getTime()]))
})

test('only what is older is forgotten', async () => {
  const ids = Array.from({ length: 200 }, () => newId())
  await fill(ids.map((id) => ({ sessionId: id, at: at(9) })))
  const kept = newId()
  await beats.record(kept, at(10))
  await beats.prune(at(10))
  expect(await beats.findMany([...ids.slice(0, 10), kept])).toEqual(new Map([[kept, at(10)]]))
  let total = 0
  for (const key of await redis.keys('*')) total += await redis.zcard(key)
  expect(total).toBe(1)
})

async function fill(many: Beat[]): Promise<void> {
  await Promise.all(many.map(({ sessionId, at }) => beats.record(sessionId, at)))
}
