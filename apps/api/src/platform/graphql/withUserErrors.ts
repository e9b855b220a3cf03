import { UserProblem, type UserErrorDetail } from './userProblem.ts'

/**
 * A mutation's payload: what the work answers beside no userErrors, or `empty` beside what the caller can put right.
 */
export async function withUserErrors<Payload extends object>(
  empty: Payload,
  work: () => Promise<Payload>,
): Promise<Payload & { userErrors: UserErrorDetail[] }> {
  try {
    return { ...(await work()), userErrors: [] }
  } catch (error) {
    if (error instanceof UserProblem) return { ...empty, userErrors: error.details }
    throw error
  }
}
