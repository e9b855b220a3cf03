import type { Act, Backdating, Time, Told } from './told.ts'

/** A request that nobody answered may still have been carried out so long after its client gave up. */
const LATE_MS = 12_000

/** When things happened to one session, by the times that its record has now: what was moved back since, is. */
export interface SessionTimes {
  /** The first moment at which the request may have been carried out. */
  earliest(act: Act): Time
  /** The last one. */
  latest(act: Act): Time
  /** The same for the start of the session. */
  startEarliest(act: Act): Time
  startLatest(act: Act): Time
  /** A start that was told at some moment. */
  start(startedAt: Time, toldAt: Time): Time
}

export function tellTimes(told: Told, sessionId: string): SessionTimes {
  const own = told.backdatings.filter((backdating) => backdating.sessionId === sessionId)
  const since = (at: Time, which: 'startMs' | 'seenMs'): number =>
    own.reduce((sum, backdating: Backdating) => sum + (backdating.at > at ? backdating[which] : 0), 0)
  const end = ({ settledAt, answer }: Act): Time => settledAt + (answer ? 0 : LATE_MS)
  return {
    earliest: (act) => act.sentAt - since(act.settledAt, 'seenMs'),
    latest: (act) => end(act) - since(act.settledAt, 'seenMs'),
    startEarliest: (act) => act.sentAt - since(act.settledAt, 'startMs'),
    startLatest: (act) => end(act) - since(act.settledAt, 'startMs'),
    start: (startedAt, toldAt) => startedAt - since(toldAt, 'startMs'),
  }
}
