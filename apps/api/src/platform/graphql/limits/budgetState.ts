import { PointBucket } from './pointBucket.ts'
import type { Taking } from './pointStore.ts'

/** What a client is told of its points: as of the moment when this request was charged. */
export interface BudgetState {
  /** Points a full bucket holds. */
  limit: number
  /** What this request was charged. */
  cost: number
  remaining: number
  /** When the bucket is full again if nothing more is asked. */
  resetAt: Date
}

export function budgetStateOf({ bucket, fullAt, isTaken }: Taking, charged: number, at: Date): BudgetState {
  const now = PointBucket.fromDate(at)
  return {
    limit: bucket.limit,
    cost: isTaken ? charged : 0,
    remaining: bucket.remaining(fullAt, now),
    resetAt: PointBucket.toDate(Math.max(fullAt, now)),
  }
}
