import type { Time, Told, Trouble } from './told.ts'

/** What follows from a trouble shows a little longer: connections are made again, and checks are repeated. */
const AFTERMATH_MS = 5_000

/** The troubles of some kinds that a stretch of time met. */
export function troublesAround(
  { troubles }: Told,
  kinds: readonly Trouble['kind'][],
  from: Time,
  to: Time,
): Trouble[] {
  return troubles.filter(
    (trouble) => kinds.includes(trouble.kind) && trouble.from <= to && trouble.to + AFTERMATH_MS >= from,
  )
}
