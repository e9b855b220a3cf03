import { findBreakingChanges, findDangerousChanges } from 'graphql'
import { findAccessChanges } from './findAccessChanges.ts'
import { findAdditions } from './findAdditions.ts'
import type { SchemaVersion } from './partnerSchema.ts'
import { type SchemaChange, severities } from './schemaChange.ts'

/** All differences between two schemas that a client could notice; texts of descriptions are none. */
export function findChanges(before: SchemaVersion, after: SchemaVersion): SchemaChange[] {
  const all: SchemaChange[] = [
    ...findBreakingChanges(before.schema, after.schema).map(({ type, description }) => ({
      severity: 'Breaking' as const,
      text: description,
      kind: type,
    })),
    ...findDangerousChanges(before.schema, after.schema).map(({ description }) => ({
      severity: 'Dangerous' as const,
      text: description,
    })),
    ...findAdditions(before.schema, after.schema).map((text) => ({ severity: 'Safe' as const, text })),
    ...findAccessChanges(before.access, after.access),
  ]
  const byText = new Map(all.map((change) => [change.text, change]))
  return severities.flatMap((severity) =>
    [...byText.values()]
      .filter((change) => change.severity === severity)
      .sort((one, other) => (one.text < other.text ? -1 : 1)),
  )
}
