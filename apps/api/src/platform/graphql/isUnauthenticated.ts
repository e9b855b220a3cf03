import { GraphQLError } from 'graphql'
import type { ErrorCode } from './errorCode.ts'

/** Whether a credential was looked up and is nobody's; not whether it could be looked up. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions['code'] === ('UNAUTHENTICATED' satisfies ErrorCode)
}
