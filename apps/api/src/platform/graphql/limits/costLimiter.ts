import { createHmac, hash } from 'node:crypto'
import { SECOND } from '@wellness/domain/time'
import type { Clock } from '../../clock/clock.ts'
import type { SecretKeys } from '../../crypto/secretKeys.ts'
import { clientNetwork } from '../../http/clientNetwork.ts'
import type { RedisClient } from '../../redis/connectRedis.ts'
import type { Credential } from '../credential.ts'
import { BoundedMap } from './boundedMap.ts'
import { type BucketKind, bucketLimits } from './costLimits.ts'
import { PointStore, type Taking } from './pointStore.ts'

/** Whose points are meant. */
export interface BucketName {
  kind: BucketKind
  /** An HMAC: Redis holds nobody's address, nor the id of anything. */
  name: string
}

/** What a request was made with, as far as its head says. */
export interface Caller {
  authorization: string | undefined
  ipAddress: string
  /** Whether our web app asks, for somebody at that address. */
  isWeb: boolean
}

/** What points went where, for whoever counts. */
export type OnPoints = (kind: BucketKind, what: 'charged' | 'refunded' | 'refused', points: number) => void

interface CostLimiterParts {
  redis: RedisClient
  keys: SecretKeys
  clock: Clock
  /** How many times the documented points everybody has. */
  factor: number
  onPoints?: OnPoints
}

/** Some 200 bytes each. */
const REMEMBERED_MAX = 20_000

/**
 * Who has how many points. A login, a key, a visitor of the web app and an address each have a bucket of their own, so that
 * none of them uses up another's.
 */
export class CostLimiter {
  readonly #parts: CostLimiterParts
  readonly #store: PointStore
  readonly #hmacKey: Buffer
  /**
   * Whose bucket goes with a credential that was found good once; it never becomes another's. By this its points are taken
   * while PostgreSQL is asked who it is, and asked again it is at every request. What was never good has no bucket, so that
   * made-up credentials fill no store.
   */
  readonly #byCredential = new BoundedMap<BucketName>(REMEMBERED_MAX)
  /** Who was just told to wait: for a second nobody is asked about them. */
  readonly #refused = new BoundedMap<{ until: number; points: number; taking: Taking }>(REMEMBERED_MAX)

  constructor(parts: CostLimiterParts) {
    this.#parts = parts
    this.#hmacKey = parts.keys.newest('rate limits').bytes
    const limits = Object.entries(bucketLimits).map(([kind, { points, pointsPerSecond }]) => [
      kind,
      { points: points * parts.factor, pointsPerSecond: pointsPerSecond * parts.factor },
    ])
    this.#store = new PointStore(
      parts.redis,
      Object.fromEntries(limits) as ConstructorParameters<typeof PointStore>[1],
    )
  }

  get isRedisAway(): boolean {
    return this.#store.isRedisAway
  }

  now(): Date {
    return this.#parts.clock.now()
  }

  /** The bucket of a request, before anybody was asked who sent it; null when its credential was not seen before. */
  find({ authorization, ...caller }: Caller): BucketName | null {
    return authorization === undefined
      ? this.ofAddress(caller)
      : (this.#byCredential.get(fingerprint(authorization)) ?? null)
  }

  ofCredential(authorization: string, { kind, id }: Credential): BucketName {
    const bucket = this.#name(kind, id)
    this.#byCredential.set(fingerprint(authorization), bucket)
    return bucket
  }

  ofAddress({ ipAddress, isWeb }: Pick<Caller, 'ipAddress' | 'isWeb'>): BucketName {
    return this.#name(isWeb ? 'visitor' : 'address', clientNetwork(ipAddress))
  }

  /** What was answered a moment ago to whoever wanted no more than this, and had too few points. */
  findRefusal({ kind, name }: BucketName, points: number): Taking | null {
    const refused = this.#refused.get(name)
    if (!refused || points < refused.points || this.now().getTime() >= refused.until) return null
    this.#parts.onPoints?.(kind, 'refused', points)
    return refused.taking
  }

  /** Takes points, or says that there are too few. Never fails. */
  async take({ kind, name }: BucketName, points: number): Promise<Taking> {
    const now = this.now()
    const taking = await this.#store.take(kind, name, points, now)
    this.#parts.onPoints?.(kind, taking.isTaken ? 'charged' : 'refused', points)
    if (!taking.isTaken) this.#refused.set(name, { until: now.getTime() + SECOND, points, taking })
    return taking
  }

  async giveBack({ kind, name }: BucketName, taking: Taking, points: number): Promise<void> {
    this.#parts.onPoints?.(kind, 'refunded', points)
    await this.#store.giveBack(name, taking, points, this.now())
  }

  #name(kind: BucketKind, id: string): BucketName {
    const name = createHmac('sha256', this.#hmacKey).update(`${kind}:${id}`).digest('base64url')
    return { kind, name }
  }
}

/** No credential stays in memory for longer than its request. */
function fingerprint(authorization: string): string {
  return hash('sha256', authorization, 'base64url')
}
