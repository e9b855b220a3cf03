import { SECOND } from '@wellness/domain/time'
import type { OperationBudget, Outcome } from './operationBudget.ts'

/** As much of a reply as this needs. */
interface Head {
  header(name: string, value: number): unknown
}

/**
 * Settles what a request cost, and tells it in the head of the answer and in its extensions.
 *
 * @returns the extensions as the end of a JSON object; nothing where nobody was charged.
 */
export function tellBudget(budget: OperationBudget, outcome: Outcome, head: Head): string {
  const used = budget.finish(outcome)
  const { state } = budget
  if (!state) return ''
  const { limit, cost, remaining, resetAt } = state
  head.header('x-ratelimit-limit', limit)
  head.header('x-ratelimit-remaining', remaining)
  head.header('x-ratelimit-used', limit - remaining)
  head.header('x-ratelimit-reset', Math.ceil(resetAt.getTime() / SECOND))
  return `,"extensions":{"cost":{"requested":${cost},"used":${used},"limit":${limit},"remaining":${remaining},"resetAt":"${resetAt.toISOString()}"}}`
}
