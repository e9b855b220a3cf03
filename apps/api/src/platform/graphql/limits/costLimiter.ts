import { createHmac } from 'node:crypto'
import type { Clock } from '../../clock/clock.ts'
import type { SecretKeys } from '../../crypto/secretKeys.ts'
import { clientNetwork } from '../../http/clientNetwork.ts'
import type { RedisClient } from '../../redis/connectRedis.ts'
import type { Credential } from '../credential.ts'
import type { BucketName } from './bucketName.ts'
import { type BucketKind, bucketLimits, pointsOf } from './costLimits.ts'
import { KnownCredentials } from './knownCredentials.ts'
import { PointStore, type Taking } from './pointStore.ts'
import { type Refusal, Refusals } from './refusals.ts'

/** What a request was made with, as far as its head says. */
export interface Caller {
  authorization: string | undefined
  ipAddress: string
  /** Whether our web app asks, for a person at that address. */
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

/**
 * Who has how many points. A login, a key, a visitor of the web app and an address each have a bucket of their own, so that
 * none of them uses up another's.
 */
export class CostLimiter {
  readonly #parts: CostLimiterParts
  readonly #store: PointStore
  readonly #hmacKey: Buffer
  readonly #known: KnownCredentials
  readonly #refusals = new Refusals()

  constructor(parts: CostLimiterParts) {
    this.#parts = parts
    this.#hmacKey = parts.keys.newest('rate limits').bytes
    this.#known = new KnownCredentials(parts.redis, this.#hmacKey)
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
    return authorization === undefined ? this.ofAddress(caller) : this.#known.find(authorization)
  }

  ofCredential(authorization: string, { kind, id }: Credential): BucketName {
    const bucket = this.#name(kind, id)
    this.#known.add(authorization, bucket)
    return bucket
  }

  /** Whether any process found this credential good of late. */
  isKnownElsewhere(authorization: string): Promise<boolean> {
    return this.#known.isKnownElsewhere(authorization)
  }

  /** For a credential that was good once and no longer is: from now on it is like a made-up one. */
  forget(authorization: string): void {
    this.#known.forget(authorization)
  }

  ofAddress({ ipAddress, isWeb }: Pick<Caller, 'ipAddress' | 'isWeb'>): BucketName {
    return this.#name(isWeb ? 'visitor' : 'address', clientNetwork(ipAddress))
  }

  /** What was answered a moment ago to whoever wanted no more than this, and had too few points. */
  findRefusal({ kind, name }: BucketName, points: number): Taking | null {
    const refusal = this.#refusals.find(name, this.now())
    if (!refusal || points < refusal.points) return null
    refusal.repeats += 1
    this.#parts.onPoints?.(kind, 'refused', points)
    return refusal.taking
  }

  /** Whether anybody was refused a moment ago: if not, there is no use in looking for whom. */
  get isRefusing(): boolean {
    return this.#refusals.isAny(this.now())
  }

  /**
   * What was answered a moment ago to whoever asks, before it is known what they want.
   *
   * `isOfAddress`: it was told to others at the address of a credential that was not seen before, and may be good.
   */
  findRefusalOf(caller: Caller): { refusal: Refusal; isOfAddress: boolean } | null {
    const bucket = this.find(caller)
    const refusal = this.#refusals.find((bucket ?? this.ofAddress(caller)).name, this.now())
    return refusal && { refusal, isOfAddress: bucket === null }
  }

  /** Tells somebody once more to wait. */
  repeat(refusal: Refusal): void {
    refusal.repeats += 1
    this.#parts.onPoints?.(refusal.kind, 'refused', refusal.points)
  }

  /** Takes points, or says that there are too few. Never fails. */
  async take({ kind, name }: BucketName, points: number): Promise<Taking> {
    const now = this.now()
    const taking = await this.#store.take(kind, name, points, now)
    this.#parts.onPoints?.(kind, taking.isTaken ? 'charged' : 'refused', points)
    if (!taking.isTaken) this.#refusals.add(name, { kind, points, taking }, now)
    return taking
  }

  /** For a request that is none: nobody is asked whose credential it has. Never fails. */
  async chargeUnread(caller: Caller): Promise<void> {
    const bucket = this.find(caller) ?? this.ofAddress(caller)
    if (!this.findRefusal(bucket, pointsOf.request)) await this.take(bucket, pointsOf.request)
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
