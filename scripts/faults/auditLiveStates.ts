import { SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { SECOND } from '@wellness/domain/time'
import type { Held } from './held.ts'
import type { Act, Told, Trouble } from './told.ts'
import { troublesAround } from './troublesAround.ts'

/** While these go on, what Redis holds of a session may be left behind: it lapses, and is never believed (invariant 1). */
const LEAVES_ORPHANS: Trouble['kind'][] = [
  'apiKilled',
  'workerKilled',
  'redisEmptied',
  'redisRefusing',
  'redisSilent',
  'postgresStopped',
  'postgresKilled',
]

export interface LiveStatesAudit {
  findings: string[]
  /** Live states and beats of sessions that are over, each left behind by a trouble that may do so. */
  orphans: number
}

/** Redis holds nothing of a session that is over, but where something kept it from being removed (invariant 3). */
export function auditLiveStates(told: Told, held: Held): LiveStatesAudit {
  const findings: string[] = []
  const sessions = new Map(held.sessions.map((session) => [session.id, session]))
  const acts = Map.groupBy(told.acts, ({ sessionId, answer }) => sessionId ?? answer?.session?.id ?? null)
  const orphans = new Set<string>()

  const look = (what: string, id: string): void => {
    const session = sessions.get(id)
    if (!session) findings.push(`${id}: Redis holds a ${what}, and there is no such session`)
    if (!session || session.endedAt === null) return
    if (mayBeLeft(told, held, id, acts.get(id) ?? [])) orphans.add(id)
    else findings.push(`${id}: is over, and Redis still holds its ${what}`)
  }
  for (const { sessionId, ttlSeconds } of held.liveStates) {
    look('live state', sessionId)
    if (ttlSeconds < 0 || ttlSeconds > SESSION_TTL_SECONDS)
      findings.push(`${sessionId}: its live state lapses in ${ttlSeconds} s`)
  }
  for (const { sessionId } of held.beats) look('beat', sessionId)
  return { findings, orphans: orphans.size }
}

/**
 * A request that was not answered, or two at once, may have written behind the one that removed; and what could not reach
 * Redis in time says so in its log.
 */
function mayBeLeft(told: Told, held: Held, id: string, acts: Act[]): boolean {
  const seenOverAt = held.watched.overSeenAt.get(id) ?? held.readAt
  const inOrder = acts.toSorted((a, b) => a.sentAt - b.sentAt)
  if (inOrder.some((act, index) => act.answer === null || act.sentAt < (inOrder[index - 1]?.settledAt ?? 0)))
    return true
  const meets = (from: number, to: number): boolean =>
    held.withoutRedisAt.some((at) => at >= from && at <= to)
  if (acts.some(({ sentAt, settledAt }) => meets(sentAt, settledAt))) return true
  // It was seen to be over at the next look, a second later at most.
  if (troublesAround(told, LEAVES_ORPHANS, seenOverAt - 2 * SECOND, seenOverAt).length > 0) return true
  return acts.some(
    ({ sentAt, settledAt }) => troublesAround(told, LEAVES_ORPHANS, sentAt, settledAt).length > 0,
  )
}
