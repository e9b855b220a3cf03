import type { Held, HeldSession } from './held.ts'
import { tellTimes } from './tellTimes.ts'
import type { Act, Told } from './told.ts'

/** Every session that was told is held, every one that is held was asked for, and none is there twice (invariant 1). */
export function auditStarts(told: Told, held: Held): string[] {
  const findings: string[] = []
  const byId = new Map(held.sessions.map((session) => [session.id, session]))
  const byClientId = Map.groupBy(
    held.sessions,
    ({ userId, clientSessionId }) => `${userId} ${clientSessionId}`,
  )
  const startsByClientId = Map.groupBy(
    told.acts.filter(({ kind }) => kind === 'start'),
    ({ userId, clientSessionId }) => `${userId} ${clientSessionId}`,
  )

  for (const act of told.acts) {
    const { answer, kind, sessionId, userId } = act
    if (!answer) continue
    if (answer.session === null) {
      if (kind !== 'read')
        findings.push(`${sessionId}: a ${kind} was answered without a session (${answer.code})`)
      continue
    }
    const row = byId.get(answer.session.id)
    if (!row) {
      findings.push(`${answer.session.id}: was told by a ${kind} and is not held`)
      continue
    }
    if (row.userId !== userId) findings.push(`${row.id}: was told to another user than its own`)
    if (sessionId !== null && sessionId !== row.id)
      findings.push(`${sessionId}: a ${kind} was answered with ${row.id}`)
    const startedAt = tellTimes(told, row.id).start(answer.session.startedAt, act.settledAt)
    if (startedAt !== row.startedAt) findings.push(`${row.id}: a ${kind} told another start than is held`)
  }

  for (const [clientId, rows] of byClientId) {
    if (rows.length > 1)
      findings.push(`${rows.map(({ id }) => id).join()}: ${rows.length} sessions of one start`)
    for (const row of rows) findings.push(...auditStart(told, row, startsByClientId.get(clientId) ?? []))
  }
  for (const starts of startsByClientId.values()) {
    const answers = starts.flatMap(({ answer }) => (answer?.session ? [answer] : []))
    const made = new Set(answers.filter(({ alreadyLive }) => !alreadyLive).map(({ session }) => session?.id))
    if (made.size > 1) findings.push(`${[...made].join()}: one start was answered with ${made.size} sessions`)
  }
  return findings
}

function auditStart(told: Told, row: HeldSession, starts: Act[]): string[] {
  const times = tellTimes(told, row.id)
  if (starts.length === 0) return [`${row.id}: is held, and nobody started it`]
  const fits = starts.some(
    (act) => row.startedAt >= times.startEarliest(act) && row.startedAt <= times.startLatest(act),
  )
  return fits ? [] : [`${row.id}: its start is at no time at which it was asked for`]
}
