import { newId } from '@wellness/domain/newId'
import { SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectRedis } from '../../platform/redis/connectRedis.ts'
import { SessionStore } from './session.store.ts'

let server: RedisServer
let redis: Redis
let store: SessionStore
beforeAll(async () => {
  server = await startRedis({ port: await findFreePort() })
  redis = connectRedis([server.url], () => undefined) as Redis
  await new Promise((resolve) => redis.once('ready', resolve))
  store = new SessionStore(redis)
})
beforeEach(() => redis.flushall())
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const state = { userId: newId(), createdAt: '2026-03-01T09:00:00.000Z', timeZone: 'UTC' }

test('the state lives under session:{id} with its time to live, as JSON', async () => {
  const id = newId()
  await store.setSessionState(id, state)
  expect(await redis.keys('*')).toEqual([`session:{${id}}`])
  expect(JSON.parse((await redis.get(`session:{${id}}`)) ?? '')).toEqual(state)
  const ttl = await redis.ttl(`session:{${id}}`)
  expect(ttl).toBeGreaterThan(SESSION_TTL_SECONDS - 5)
  expect(ttl).toBeLessThanOrEqual(SESSION_TTL_SECONDS)
  expect(await store.getSessionState(id)).toEqual(state)
})

test('refreshing gives the full time again, and makes nothing out of nothing', async () => {
  const id = newId()
  expect(await store.refreshSessionTTL(id)).toBe(false)
  expect(await redis.exists(`session:{${id}}`)).toBe(0)
  await store.setSessionState(id, state)
  await redis.expire(`session:{${id}}`, 10)
  expect(await store.refreshSessionTTL(id)).toBe(true)
  expect(await redis.ttl(`session:{${id}}`)).toBeGreaterThan(SESSION_TTL_SECONDS - 5)
})

test('what was deleted, lapsed or never was is null', async () => {
  const [deleted, lapsed] = [newId(), newId()]
  await store.setSessionState(deleted, state)
  await store.setSessionState(lapsed, state)
  await store.deleteSessionState(deleted)
  await redis.pexpire(`session:{${lapsed}}`, 0)
  for (const id of [deleted, lapsed, newId()]) expect(await store.getSessionState(id)).toBeNull()
})

test('what is no state of a session is null, and never half of one', async () => {
  for (const text of ['', 'not JSON', '{}', '{"userId":1}', 'null', '"'.repeat(100)]) {
    const id = newId()
    await redis.set(`session:{${id}}`, text)
    expect(await store.getSessionState(id)).toBeNull()
  }
})

test('it fails at once when Redis is away, instead of waiting for it', async () => {
  const nobody = connectRedis([`redis://127.0.0.1:${await findFreePort()}`], () => undefined)
  const started = performance.now()
  await expect(new SessionStore(nobody).refreshSessionTTL(newId())).rejects.toThrow()
  expect(performance.now() - started).toBeLessThan(900)
  nobody.disconnect()
})
