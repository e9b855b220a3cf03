import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { MINUTE, SECOND } from '@wellness/domain/time'

/** What the record says of a session that has not ended. */
export interface OpenSession {
  startedAt: Date
  lastSeenAt: Date
  /** The last beat that was written down because Redis was out of reach. */
  outageBeatAt: Date | null
}

export type Verdict =
  { live: true; lastSeenAt: Date } | { live: false; endedAt: Date; status: 'COMPLETED' | 'EXPIRED' }

/** While Redis is out of reach, a beat is written to the record at most this often. */
export const OUTAGE_BEAT_INTERVAL_MS = MINUTE
/** Allowed on top when later beats than the known ones may have been lost: no record is further behind than that. */
const GRACE_MS = 2 * MINUTE
const TTL_MS = SESSION_TTL_SECONDS * SECOND
const MAX_SESSION_MS = MAX_SESSION_SECONDS * SECOND

/**
 * Whether an open session is live, or else how it ended. Decided by times of the application's clock alone, and the same
 * whoever asks and when: by its lapse if that came before the cap, else at the cap.
 *
 * @param beatAt the last beat as Redis knows it; null when Redis has none or is out of reach.
 */
export function settle(session: OpenSession, beatAt: Date | null, now: Date): Verdict {
  const startedAt = session.startedAt.getTime()
  const lastSeenAt = Math.max(startedAt, session.lastSeenAt.getTime(), beatAt?.getTime() ?? 0)
  const lapsesAt = lastSeenAt + TTL_MS + (isTrusted(session, beatAt) ? 0 : GRACE_MS)
  const capsAt = startedAt + MAX_SESSION_MS

  if (lapsesAt < capsAt && now.getTime() >= lapsesAt)
    return { live: false, endedAt: new Date(lastSeenAt), status: 'EXPIRED' }
  if (now.getTime() >= capsAt)
    return { live: false, endedAt: new Date(Math.min(lastSeenAt, capsAt)), status: 'COMPLETED' }
  return { live: true, lastSeenAt: new Date(lastSeenAt) }
}

/**
 * Whether no beat can be later than the known ones. Redis was emptied if it has none, or fell back behind the record if
 * that is newer; and the beats of the minute after one that was taken without Redis may stand nowhere.
 */
function isTrusted({ lastSeenAt, outageBeatAt }: OpenSession, beatAt: Date | null): boolean {
  if (beatAt === null || beatAt < lastSeenAt) return false
  return outageBeatAt === null || beatAt.getTime() >= outageBeatAt.getTime() + OUTAGE_BEAT_INTERVAL_MS
}
