import { findBreakingChanges, findDangerousChanges, type GraphQLSchema } from 'graphql'
import { findAdditions } from './findAdditions.ts'
import type { SchemaChange } from './schemaChange.ts'

/** All differences between two schemas that a client could notice; texts of descriptions are none. */
export function findChanges(before: GraphQLSchema, after: GraphQLSchema): SchemaChange[] {
  const sorted = (severity: SchemaChange['severity'], texts: string[]) =>
    [...new Set(texts)].sort().map((text) => ({ severity, text }))
  return [
    ...sorted(
      'Breaking',
      findBreakingChanges(before, after).map(({ description }) => description),
    ),
    ...sorted(
      'Dangerous',
      findDangerousChanges(before, after).map(({ description }) => description),
    ),
    ...sorted('Safe', findAdditions(before, after)),
  ]
}
