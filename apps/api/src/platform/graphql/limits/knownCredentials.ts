import { createHmac, hash } from 'node:crypto'
import { DAY, HOUR } from '@wellness/domain/time'
import type { RedisClient } from '../../redis/connectRedis.ts'
import { BoundedMap } from './boundedMap.ts'
import type { BucketName } from './bucketName.ts'

/** Some 200 bytes each. */
const REMEMBERED_MAX = 20_000
const PREFIX = 'credential'
/** Of a person who was deleted nothing is left for longer. */
const KNOWN_ELSEWHERE_MS = DAY
/** What was used is known for half a day at least. */
export const TELL_AGAIN_MS = 12 * HOUR

/**
 * Credentials that were found good once, and whose bucket goes with each; it never becomes another's. This opens nothing:
 * PostgreSQL is asked about each at every request. What was never good is not in here, so that made-up ones fill no store.
 */
export class KnownCredentials {
  readonly #redis: RedisClient
  readonly #hmacKey: Buffer
  /** With each, when others are told again that it is known, by the process's own clock. */
  readonly #buckets = new BoundedMap<{ bucket: BucketName; tellAt: number }>(REMEMBERED_MAX)

  constructor(redis: RedisClient, hmacKey: Buffer) {
    this.#redis = redis
    this.#hmacKey = hmacKey
  }

  /** Null for one that this process has not found good. */
  find(authorization: string): BucketName | null {
    const known = this.#buckets.get(fingerprint(authorization))
    if (!known) return null
    if (known.tellAt < performance.now()) this.add(authorization, known.bucket)
    return known.bucket
  }

  /** Other processes hear of it, and this one after a new start. */
  add(authorization: string, bucket: BucketName): void {
    this.#buckets.set(fingerprint(authorization), { bucket, tellAt: performance.now() + TELL_AGAIN_MS })
    void this.#redis.set(this.#key(authorization), '1', 'PX', KNOWN_ELSEWHERE_MS).catch(() => null)
  }

  /** Whether any process found it good of late; none as long as Redis is away. */
  async isKnownElsewhere(authorization: string): Promise<boolean> {
    const found = await this.#redis.exists(this.#key(authorization)).catch(() => 0)
    return found === 1
  }

  /** It is no longer good. */
  forget(authorization: string): void {
    this.#buckets.delete(fingerprint(authorization))
    void this.#redis.del(this.#key(authorization)).catch(() => null)
  }

  #key(authorization: string): string {
    const name = createHmac('sha256', this.#hmacKey).update(`credential:${fingerprint(authorization)}`)
    return `${PREFIX}:{${name.digest('base64url')}}`
  }
}

/** Of what is sent; no credential stays in memory for longer than its request. The scheme may be spelled in many ways. */
function fingerprint(authorization: string): string {
  return hash('sha256', authorization.replace(/^bearer /i, ''), 'base64url')
}
