import type { UserErrorFieldsFragment } from './generated/graphql.ts'
import { UserErrorsError } from './userErrorsError.ts'

/**
 * The payload of a mutation that did what it says.
 *
 * @throws {UserErrorsError} when the payload has `userErrors`.
 */
export function requireSuccess<Payload extends { userErrors: readonly UserErrorFieldsFragment[] }>(
  payload: Payload,
): Payload {
  if (payload.userErrors.length > 0) throw new UserErrorsError(payload.userErrors)
  return payload
}
