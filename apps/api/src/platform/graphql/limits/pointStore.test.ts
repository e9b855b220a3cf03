import { findFreePort } from '@wellness/embedded/freePort'
import { type RedisCluster, startRedisCluster } from '@wellness/embedded/redisCluster'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import { MINUTE, SECOND } from '@wellness/domain/time'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTcpProxy, type TcpProxy } from '../../../testing/tcpProxy.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { TestClock } from '../../../testing/testClock.ts'
import { untilReady } from '../../../testing/untilReady.ts'
import { connectRedis, type RedisClient } from '../../redis/connectRedis.ts'
import { type BucketKind, type BucketLimit, OPERATION_POINTS_MAX } from './costLimits.ts'
import { PointStore } from './pointStore.ts'

const LIMIT = { points: 100, pointsPerSecond: 10 }
const limits: Record<BucketKind, BucketLimit> = {
  login: LIMIT,
  apiKey: { points: 5_000, pointsPerSecond: 1 },
  visitor: LIMIT,
  address: LIMIT,
}

let server: RedisServer
let proxy: TcpProxy
let redis: RedisClient
let store: PointStore
const clock = new TestClock()
beforeAll(async () => {
  const port = await findFreePort()
  server = await startRedis({ port })
  proxy = await startTcpProxy(port)
  redis = connectRedis([`redis://127.0.0.1:${proxy.port}`], () => undefined)
  await untilReady(redis)
  store = new PointStore(redis, limits)
})
afterAll(async () => {
  redis.disconnect()
  await proxy.close()
  await server.stop()
})

let names = 0
const newName = () => `name-${(names += 1)}`
const take = (name: string, points: number) => store.take('login', name, points, clock.now())
const left = async (name: string) => {
  const { bucket, fullAt } = await take(name, 0)
  return bucket.remaining(fullAt, clock.now().getTime() * 1_000)
}

describe('a bucket', () => {
  test('holds so many points, says when it is full again, and fills as time goes by', async () => {
    const name = newName()
    expect((await take(name, 60)).isTaken).toBe(true)
    const second = await take(name, 40)
    expect(second.isTaken).toBe(true)
    expect(second.fullAt).toBe((clock.now().getTime() + 10 * SECOND) * 1_000)
    const third = await take(name, 1)
    expect(third.isTaken).toBe(false)
    expect(third.bucket.waitSeconds(third.fullAt, 1, clock.now().getTime() * 1_000)).toBe(1)
    expect(third.bucket.waitSeconds(third.fullAt, 55, clock.now().getTime() * 1_000)).toBe(6)
    clock.advance(3 * SECOND)
    expect(await left(name)).toBe(30)
    expect((await take(name, 31)).isTaken).toBe(false)
    expect((await take(name, 30)).isTaken).toBe(true)
  })

  test('gets back what was not used, and never holds more than when it is full', async () => {
    const name = newName()
    const taking = await take(name, 80)
    await store.giveBack(name, taking, 50, clock.now())
    expect(await left(name)).toBe(70)
    clock.advance(2 * SECOND)
    await store.giveBack(name, taking, 50, clock.now())
    expect(await left(name)).toBe(100)
  })

  test('leaves nothing in Redis for longer than a minute after it is full', async () => {
    const [name, other] = [newName(), newName()]
    await take(name, 50)
    expect(await redis.pttl(`points:{${name}}`)).toBeGreaterThan(MINUTE + 4 * SECOND)
    expect(await redis.pttl(`points:{${name}}`)).toBeLessThanOrEqual(MINUTE + 5 * SECOND)
    await store.giveBack(name, await take(name, 10), 20, clock.now())
    expect(await redis.pttl(`points:{${name}}`)).toBeGreaterThan(0)
    const taking = await take(other, 50)
    await store.giveBack(other, taking, 50, clock.now())
    expect(await findRedisKeys(redis, `points:{${other}}`)).toEqual([])
  })

  /** Attack: many requests in one moment, over several processes, each of which finds the bucket full. */
  test('gives no more than it holds to any number of requests side by side', async () => {
    const name = newName()
    const stores = [store, new PointStore(redis, limits), new PointStore(redis, limits)]
    const takings = await Promise.all(
      Array.from({ length: 90 }, (_, i) => stores[i % 3]!.take('login', name, 3, clock.now())),
    )
    expect(takings.filter(({ isTaken }) => isTaken)).toHaveLength(33)
  })

  test('is what it should be after any history of takings, refunds and pauses', async () => {
    const step = fc.oneof(
      fc.record({ take: fc.nat(120) }),
      fc.record({ back: fc.nat(40) }),
      fc.record({ wait: fc.nat(5) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (history) => {
        const name = newName()
        let model = LIMIT.points
        let last = await take(name, 0)
        for (const act of history) {
          if ('take' in act) {
            last = await take(name, act.take)
            expect(last.isTaken).toBe(act.take <= model)
            if (last.isTaken) model -= act.take
          } else if ('back' in act) {
            await store.giveBack(name, last, act.back, clock.now())
            model = Math.min(model + act.back, LIMIT.points)
          } else {
            clock.advance(act.wait * SECOND)
            model = Math.min(model + act.wait * LIMIT.pointsPerSecond, LIMIT.points)
          }
          expect(await left(name)).toBe(model)
        }
      }),
      { numRuns: 60 },
    )
  })
})

test('a Redis that was started anew learns the script again', async () => {
  await redis.script('FLUSH')
  expect((await take(newName(), 1)).isTaken).toBe(true)
})

describe('while Redis is away', () => {
  test('each process keeps smaller buckets of its own, which fill as fast; then those of Redis count again', async () => {
    const name = newName()
    const takeKey = (points: number) => store.take('apiKey', name, points, clock.now())
    expect((await takeKey(4_000)).isTaken).toBe(true)
    proxy.cut()
    await expect.poll(() => redis.status).not.toBe('ready')
    const taking = await takeKey(OPERATION_POINTS_MAX)
    expect(taking).toMatchObject({ isTaken: true, bucket: { limit: OPERATION_POINTS_MAX } })
    expect(store.isRedisAway).toBe(true)
    expect((await takeKey(1)).isTaken).toBe(false)
    await store.giveBack(name, taking, 10, clock.now())
    expect((await takeKey(10)).isTaken).toBe(true)
    clock.advance(7 * SECOND)
    expect((await takeKey(8)).isTaken).toBe(false)
    expect((await takeKey(7)).isTaken).toBe(true)

    proxy.restore()
    await untilReady(redis)
    await expect.poll(async () => (await takeKey(0)).bucket.limit, { timeout: 5_000 }).toBe(5_000)
    expect(store.isRedisAway).toBe(false)
    expect((await takeKey(1_200)).isTaken).toBe(false)
  })

  /** Attack: with Redis gone, made-up addresses fill the memory instead. */
  test('a hundred thousand buckets take no more memory than twenty thousand', async () => {
    proxy.cut()
    await expect.poll(() => redis.status).not.toBe('ready')
    const away = new PointStore(redis, limits)
    for (let i = 0; i < 100_000; i += 1) await away.take('address', `a-${i}`, 100, clock.now())
    const isFull = async (i: number) => (await away.take('address', `a-${i}`, 100, clock.now())).isTaken
    expect(await isFull(99_999)).toBe(false)
    expect(await isFull(90_001)).toBe(false)
    expect(await isFull(0)).toBe(true)
    proxy.restore()
    await untilReady(redis)
  })
})

describe('on a cluster', () => {
  let cluster: RedisCluster
  let client: RedisClient
  beforeAll(async () => {
    cluster = await startRedisCluster({ masters: 1 })
    client = connectRedis(
      cluster.nodes.map(({ url }) => url),
      () => undefined,
      { isCluster: true },
    )
    await untilReady(client)
  })
  afterAll(async () => {
    client.disconnect()
    await cluster.stop()
  })

  test('buckets of all slots serve side by side, in Redis', async () => {
    const spread = new PointStore(client, limits)
    const takings = await Promise.all(
      Array.from({ length: 100 }, (_, i) => spread.take('login', `c-${i % 50}`, 60, clock.now())),
    )
    expect(takings.filter(({ isTaken }) => isTaken)).toHaveLength(50)
    expect(spread.isRedisAway).toBe(false)
  })
})
