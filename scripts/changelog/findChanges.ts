import { DangerousChangeType, findBreakingChanges, findDangerousChanges } from 'graphql'
import { findAccessChanges } from './findAccessChanges.ts'
import { findUnnamedChanges } from './findUnnamedChanges.ts'
import type { SchemaVersion } from './partnerSchema.ts'
import { type SchemaChange, severities } from './schemaChange.ts'

/** All differences between two schemas that a client could notice; texts of descriptions are none. */
export function findChanges(before: SchemaVersion, after: SchemaVersion): SchemaChange[] {
  const all: SchemaChange[] = [
    ...findUnnamedChanges(before.schema, after.schema),
    ...findBreakingChanges(before.schema, after.schema).map(({ type, description }) => ({
      severity: 'Breaking' as const,
      text: description,
      kind: type,
    })),
    ...findDangerousChanges(before.schema, after.schema)
      // Named above, with those that come and those of input fields.
      .filter(({ type }) => type !== DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE)
      .map(({ description }) => ({ severity: 'Dangerous' as const, text: description })),
    ...findAccessChanges(before.access, after.access),
  ]
  // Of what the first calls safe, and graphql-js does not, graphql-js decides.
  const byText = new Map(all.map((change) => [change.text, change]))
  return severities.flatMap((severity) =>
    [...byText.values()]
      .filter((change) => change.severity === severity)
      .sort((one, other) => (one.text < other.text ? -1 : 1)),
  )
}
