import { SECOND } from '@wellness/domain/time'
import type { BucketLimit } from './costLimits.ts'

const MICROSECONDS_PER_SECOND = 1_000_000
const MICROSECONDS_PER_MILLISECOND = MICROSECONDS_PER_SECOND / SECOND

/**
 * The arithmetic of a bucket of points, in microseconds. All that is kept of a bucket is when it will be full: it fills as
 * time goes by, taking points moves that moment away, and from then on there is nothing to keep.
 */
export class PointBucket {
  readonly limit: number
  readonly #pointMicroseconds: number

  constructor({ points, pointsPerSecond }: BucketLimit) {
    this.limit = points
    this.#pointMicroseconds = Math.max(Math.round(MICROSECONDS_PER_SECOND / pointsPerSecond), 1)
  }

  /** How long the bucket takes to fill from empty. */
  get capacityMicroseconds(): number {
    return this.timeOf(this.limit)
  }

  timeOf(points: number): number {
    return points * this.#pointMicroseconds
  }

  remaining(fullAt: number, now: number): number {
    const missing = Math.ceil(Math.max(fullAt - now, 0) / this.#pointMicroseconds)
    return Math.max(this.limit - missing, 0)
  }

  /** How long until so many points can be taken; the least is what a header can say. */
  waitSeconds(fullAt: number, points: number, now: number): number {
    const wait = fullAt + this.timeOf(points) - this.capacityMicroseconds - now
    return Math.max(Math.ceil(wait / MICROSECONDS_PER_SECOND), 1)
  }

  static fromDate(time: Date): number {
    return time.getTime() * MICROSECONDS_PER_MILLISECOND
  }

  static toDate(microseconds: number): Date {
    return new Date(Math.ceil(microseconds / MICROSECONDS_PER_MILLISECOND))
  }
}
