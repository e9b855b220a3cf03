/** What apps/api emits beside its schema: what API keys may ask for, and what it costs. */
export interface SchemaAccess {
  /** The scope that a key needs for a field; or ANY, or NONE: then no key may ask for it. */
  fields: Record<string, string>
  /** Fields that count as if their sender had this scope, for what lies directly below them. */
  shows: Record<string, string>
  prices: Record<string, number>
  operationPointsMax: number
  buckets: Record<string, { points: number; pointsPerSecond: number }>
  /** By what is limited. The first that was published had none. */
  limits?: Record<string, number>
}
