import { MINUTE, SECOND } from '@wellness/domain/time'
import type { RedisClient } from '../../redis/connectRedis.ts'
import { RedisScript } from '../../redis/redisScript.ts'
import { BoundedMap } from './boundedMap.ts'
import { type BucketKind, type BucketLimit, OPERATION_POINTS_MAX } from './costLimits.ts'
import { PointBucket } from './pointBucket.ts'

/** What became of a wish for points. */
export interface Taking {
  isTaken: boolean
  /** When the bucket will be full, in microseconds. */
  fullAt: number
  bucket: PointBucket
}

/** Every key of a bucket begins so. */
const PREFIX = 'points'
/** A key outlasts the moment when its bucket is full, since no two clocks agree: Redis has one of its own. */
const KEPT_MS = MINUTE
/** After a command that failed, so long passes until one request tries again for all. */
const RETRY_PAUSE_MS = SECOND
/** Some 200 bytes each. */
const LOCAL_BUCKETS_MAX = 20_000

/** Answers when the bucket will be full; negative where it has too little, and nothing was taken. */
const TAKE = new RedisScript<number>(`
local now, cost, capacity, kept = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local full_at = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), now)
if full_at + cost - now > capacity then return -full_at end
full_at = full_at + cost
redis.call('set', KEYS[1], string.format('%.0f', full_at), 'px', math.ceil((full_at - now) / 1000) + kept)
return full_at`)

const GIVE_BACK = new RedisScript<null>(`
local full_at = tonumber(redis.call('get', KEYS[1]) or '0') - tonumber(ARGV[2])
if full_at <= tonumber(ARGV[1]) then
  redis.call('del', KEYS[1])
else
  redis.call('set', KEYS[1], string.format('%.0f', full_at), 'keepttl')
end`)

/**
 * The buckets of everybody, in Redis, where all processes share them. A key lasts a minute longer than its bucket is not full. While
 * Redis is away each process has small buckets of its own: a limit that opens when its store fails would be opened by whoever
 * can make it fail.
 */
export class PointStore {
  readonly #redis: RedisClient
  readonly #buckets: Readonly<Record<BucketKind, { shared: PointBucket; local: PointBucket }>>
  readonly #local = new BoundedMap<number>(LOCAL_BUCKETS_MAX)
  /** While Redis is away: when to try again, by the process's own clock. */
  #retryAt: number | null = null

  constructor(redis: RedisClient, limits: Readonly<Record<BucketKind, BucketLimit>>) {
    this.#redis = redis
    // While Redis is away, any single operation fits still.
    this.#buckets = Object.fromEntries(
      Object.entries(limits).map(([kind, limit]) => {
        const points = Math.min(OPERATION_POINTS_MAX, limit.points)
        return [kind, { shared: new PointBucket(limit), local: new PointBucket({ ...limit, points }) }]
      }),
    ) as Record<BucketKind, { shared: PointBucket; local: PointBucket }>
  }

  get isRedisAway(): boolean {
    return this.#retryAt !== null
  }

  /** Takes points if there are as many. Never fails. */
  async take(kind: BucketKind, name: string, points: number, now: Date): Promise<Taking> {
    const { shared, local } = this.#buckets[kind]
    const at = PointBucket.fromDate(now)
    const args = [at, shared.timeOf(points), shared.capacityMicroseconds, KEPT_MS]
    const answer = await this.#ask(TAKE, name, args)
    if (answer !== null) return { isTaken: answer > 0, fullAt: Math.abs(answer), bucket: shared }
    const fullAt = Math.max(this.#local.get(name) ?? 0, at)
    const taken = fullAt + local.timeOf(points)
    if (taken - at > local.capacityMicroseconds) return { isTaken: false, fullAt, bucket: local }
    this.#local.set(name, taken)
    return { isTaken: true, fullAt: taken, bucket: local }
  }

  /** Gives back what was taken and not used, to where it was taken from. Never fails. */
  async giveBack(name: string, { bucket }: Taking, points: number, now: Date): Promise<void> {
    const isLocal = Object.values(this.#buckets).some(({ local }) => local === bucket)
    if (!isLocal) {
      await this.#ask(GIVE_BACK, name, [PointBucket.fromDate(now), bucket.timeOf(points)])
      return
    }
    const fullAt = this.#local.get(name)
    if (fullAt !== undefined) this.#local.set(name, fullAt - bucket.timeOf(points))
  }

  /** Null when Redis does not answer. A Redis that hangs holds up one request a second and not everybody's. */
  async #ask<Answer>(script: RedisScript<Answer>, name: string, args: number[]): Promise<Answer | null> {
    if (this.#retryAt !== null) {
      if (performance.now() < this.#retryAt) return null
      this.#retryAt = performance.now() + RETRY_PAUSE_MS
    }
    try {
      const answer = await script.run(this.#redis, [`${PREFIX}:{${name}}`], args)
      this.#retryAt = null
      return answer
    } catch {
      this.#retryAt = performance.now() + RETRY_PAUSE_MS
      return null
    }
  }
}
