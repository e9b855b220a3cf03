import type { ApiDocument } from './apiDocument.ts'
import { EndSessionDocument, RefreshSessionDocument, StartSessionDocument } from './generated/graphql.ts'

/** The API promises that a second one of these changes nothing more than the first. */
const REPEATABLE_MUTATIONS: unknown[] = [RefreshSessionDocument, EndSessionDocument]

/** Whether an operation does no more when it is sent twice: a query, or a mutation by which the API knows it again. */
export function isRepeatable(
  document: ApiDocument<unknown, never>,
  variables: unknown,
  idempotencyKey: string | undefined,
): boolean {
  if (idempotencyKey !== undefined || REPEATABLE_MUTATIONS.includes(document)) return true
  // As a client id of one field says nothing about what else is in a text of the caller's own, only ours counts.
  if ((document as unknown) === StartSessionDocument) return hasClientId(variables)
  // A text that has the word for another reason is taken for a mutation, and sent once.
  return !/\bmutation\b/.test(document.toString())
}

function hasClientId(variables: unknown): boolean {
  const { input } = (variables ?? {}) as { input?: { clientSessionId?: unknown } }
  return typeof input?.clientSessionId === 'string'
}
