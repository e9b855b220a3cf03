import { SECOND } from '@wellness/domain/time'
import type { Held, HeldSession } from './held.ts'
import type { Told } from './told.ts'

/** How long a session may stay open past its time, while a worker runs. */
const SWEEP_MS = 60 * SECOND
/** The records are looked at every second, and a look takes its time. */
const LOOK_MS = 2 * SECOND

/** At most one session of a user is open, and none past its time (invariant 2). */
export function auditOpen(told: Told, held: Held): string[] {
  const findings = [...held.watched.oddities]
  for (const { sessionId, dueAt } of told.backdatings) {
    if (dueAt === null) continue
    const seenAt = held.watched.overSeenAt.get(sessionId) ?? held.readAt
    if (seenAt > dueAt + SWEEP_MS + LOOK_MS)
      findings.push(`${sessionId}: was open ${Math.round((seenAt - dueAt) / SECOND)} s past its time`)
  }
  for (const sessions of Map.groupBy(held.sessions, ({ userId }) => userId).values())
    findings.push(...auditOverlaps(told, sessions))
  return findings
}

/** Once a start was answered, the user's session before it is over. Those whose times we moved are left out. */
function auditOverlaps({ acts, backdatings }: Told, sessions: HeldSession[]): string[] {
  const moved = new Set(backdatings.map(({ sessionId }) => sessionId))
  const inOrder = sessions.filter(({ id }) => !moved.has(id)).toSorted((a, b) => a.startedAt - b.startedAt)
  const findings: string[] = []
  for (const [index, next] of inOrder.entries()) {
    const before = inOrder[index - 1]
    if (!before) continue
    const answers = acts.filter(({ kind, answer }) => kind === 'start' && answer?.session?.id === next.id)
    const startedBy = Math.min(...answers.map(({ settledAt }) => settledAt))
    if ((before.endedAt ?? Number.POSITIVE_INFINITY) > Math.max(startedBy, next.startedAt))
      findings.push(`${before.id}: was open beside ${next.id} of the same user`)
  }
  return findings
}
