import { toIsoText } from '../../clock/toIsoText.ts'
import { SECOND } from '@wellness/domain/time'
import type { BudgetState } from './budgetState.ts'

/** What is told of somebody's points. */
export interface ToldState {
  headers: Readonly<Record<string, number>>
  /** As the end of a JSON object. */
  extensions: string
}

/** The same in both places: some read heads, others bodies. */
export function tellState({ limit, cost, remaining, resetAt }: BudgetState, used: number): ToldState {
  return {
    headers: {
      'x-ratelimit-limit': limit,
      'x-ratelimit-remaining': remaining,
      'x-ratelimit-used': limit - remaining,
      'x-ratelimit-reset': Math.ceil(resetAt.getTime() / SECOND),
    },
    extensions: `,"extensions":{"cost":{"requested":${cost},"used":${used},"limit":${limit},"remaining":${remaining},"resetAt":"${toIsoText(resetAt)}"}}`,
  }
}
