import { isUnauthenticated } from '../isUnauthenticated.ts'
import type { RequestContext } from '../requestContext.ts'
import type { OperationBudget } from './operationBudget.ts'

/**
 * Makes the context of a request that pays: its points are taken while PostgreSQL is asked who it is, or before where a stranger
 * asks.
 *
 * @throws UNAUTHENTICATED or RATE_LIMITED, and what making the context throws.
 */
export async function admitContext<Context extends RequestContext>(
  budget: OperationBudget,
  points: number,
  createContext: () => Promise<Context>,
): Promise<Context> {
  const question = budget.begin(points)
  if (question) await question
  const context = await createContext().catch(async (error: unknown) => {
    await budget.turnAway({ isWrong: isUnauthenticated(error) })
    throw error
  })
  await budget.admit(context.credential)
  return context
}
