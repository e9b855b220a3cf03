import type { OperationBudget, Outcome } from './operationBudget.ts'
import { tellState } from './tellState.ts'

/** As much of a reply as this needs. */
interface Head {
  headers(values: Readonly<Record<string, number>>): unknown
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
  const { headers, extensions } = tellState(state, used)
  head.headers(headers)
  return extensions
}
