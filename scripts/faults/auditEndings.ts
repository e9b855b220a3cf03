import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { MINUTE, SECOND } from '@wellness/domain/time'
import type { Held, HeldSession } from './held.ts'
import { tellTimes } from './tellTimes.ts'
import type { Act, Told, Trouble } from './told.ts'
import { troublesAround } from './troublesAround.ts'

const TTL_MS = SESSION_TTL_SECONDS * SECOND
const MAX_MS = MAX_SESSION_SECONDS * SECOND
/** What may be lost with Redis, of what it alone knew (invariant 4). */
const LOSS_MS = 2 * MINUTE
/** While Redis is out of reach, a beat that is answered may stand as the one of up to a minute before (invariant 5). */
const OUTAGE_LOSS_MS = MINUTE
const AWAY: Trouble['kind'][] = ['redisEmptied', 'redisRefusing', 'redisSilent']

/** How sessions ended: once, as was told, not too late, not too early, and nobody was cut off (invariants 2, 4, 5, 7). */
export function auditEndings(told: Told, held: Held): string[] {
  const acts = Map.groupBy(
    // A start that finds its session again is no sign of life.
    told.acts.filter(({ kind }) => kind === 'beat' || kind === 'end'),
    ({ sessionId }) => sessionId,
  )
  return held.sessions.flatMap((session) => [
    ...auditTold(told, session),
    ...auditTimes(told, held, session, acts.get(session.id) ?? []),
  ])
}

/** Everybody is told of the same end, and after it of nothing else. */
function auditTold({ acts }: Told, { id, endedAt, durationSeconds, status }: HeldSession): string[] {
  const findings: string[] = []
  const answers = acts.filter(({ answer }) => answer?.session?.id === id)
  let overSince = Number.POSITIVE_INFINITY
  for (const { kind, answer, settledAt } of answers) {
    const state = answer?.session
    if (!state || state.endedAt === null) continue
    overSince = Math.min(overSince, settledAt)
    if (state.endedAt !== endedAt || state.durationSeconds !== durationSeconds || state.status !== status)
      findings.push(
        `${id}: a ${kind} told ${state.status} after ${state.durationSeconds} s, and ${status} after ${durationSeconds} s is held` +
          (state.endedAt === endedAt
            ? ''
            : `; the ends are ${Math.abs(state.endedAt - (endedAt ?? 0))} ms apart`),
      )
  }
  const revived = answers.filter(
    ({ sentAt, answer }) => sentAt > overSince && answer?.session?.endedAt === null,
  )
  if (revived.length > 0) findings.push(`${id}: was told to be live again after its end`)
  return findings
}

function auditTimes(told: Told, held: Held, session: HeldSession, acts: Act[]): string[] {
  const { id, startedAt, endedAt, lastSeenAt, durationSeconds, status } = session
  const findings: string[] = []
  const times = tellTimes(told, id)
  const capsAt = startedAt + MAX_MS
  const lastSign = Math.max(startedAt, ...acts.map((act) => times.latest(act)))
  if (lastSeenAt > lastSign) findings.push(`${id}: its last beat is later than any was sent`)
  if (endedAt === null) {
    findings.push(`${id}: is still open`)
    return findings
  }
  const seenOverAt = held.watched.overSeenAt.get(id) ?? held.readAt
  if (endedAt < startedAt) findings.push(`${id}: ended before it started`)
  if (endedAt > capsAt) findings.push(`${id}: ended after its cap`)
  if (endedAt > lastSign) findings.push(`${id}: ended ${endedAt - lastSign} ms after the last sign of life`)
  if (durationSeconds !== Math.floor((endedAt - startedAt) / SECOND))
    findings.push(`${id}: its duration is not the time between its start and its end`)

  const kept = acts.filter(({ kind, answer }) => kind === 'beat' && answer?.session?.endedAt === null)
  const floor = Math.max(startedAt, ...kept.map((act) => times.earliest(act) - lossOf(told, act, seenOverAt)))
  if (endedAt < Math.min(floor, capsAt))
    findings.push(`${id}: ended ${floor - endedAt} ms before a beat that was answered and cannot be lost`)

  const ends = acts.filter(({ kind }) => kind === 'end')
  const lastKept = Math.max(startedAt, ...kept.map((act) => times.earliest(act)))
  if (status === 'EXPIRED' && seenOverAt < lastKept + TTL_MS)
    findings.push(`${id}: counted as lapsed ${lastKept + TTL_MS - seenOverAt} ms before its time`)
  const isByUser = ends.some((act) => endedAt >= times.earliest(act) && endedAt <= times.latest(act))
  if (status === 'COMPLETED' && !isByUser && seenOverAt < capsAt)
    findings.push(`${id}: was completed by nobody, before its cap`)
  return findings
}

/** How much of an answered beat may be missing in the end. */
function lossOf(told: Told, { sentAt, settledAt }: Act, seenOverAt: number): number {
  if (troublesAround(told, AWAY, sentAt, settledAt).length > 0) return OUTAGE_LOSS_MS
  const isLost = told.troubles.some(({ kind, from }) => kind === 'redisEmptied' && from > sentAt)
  // Who cannot ask Redis decides by the record.
  const isDecidedWithout = troublesAround(told, AWAY, seenOverAt - SECOND, seenOverAt).length > 0
  return isLost || isDecidedWithout ? LOSS_MS : 0
}
