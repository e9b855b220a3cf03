import { DAY, HOUR, MINUTE, SECOND } from '@wellness/domain/time'

export interface DemoSession {
  startedAt: Date
  endedAt: Date
  status: 'COMPLETED' | 'EXPIRED'
}

const DAYS = 90
/** Hours of the day at which the demo user tends to practise, and how likely that is. */
const HABITS = [
  { hour: 7, likelihood: 0.55 },
  { hour: 12.5, likelihood: 0.25 },
  { hour: 21, likelihood: 0.45 },
]
/** Lengths that people choose, and the shorter ones more often. */
const MINUTES = [2, 3, 3, 5, 5, 5, 8, 10, 10, 15, 20, 30]

/**
 * Ninety days of a person who practises on most days, at about the same hours, sometimes twice, and who now and then
 * forgets to end a session. The same every time for the same `now`, and all of it over.
 *
 * @param timeZoneOffsetMs how far the person's clock is ahead of UTC.
 */
export function demoSessions(now: Date, timeZoneOffsetMs: number): DemoSession[] {
  const random = pseudoRandom(20_261_122)
  const localNow = now.getTime() + timeZoneOffsetMs
  const today = localNow - (localNow % DAY)
  const sessions: DemoSession[] = []
  for (let daysAgo = DAYS; daysAgo >= 0; daysAgo--) {
    for (const { hour, likelihood } of HABITS) {
      const [chance, drift, choice, remainder, forgotten] = [random(), random(), random(), random(), random()]
      if (chance > likelihood) continue
      const startedAt = today - daysAgo * DAY + hour * HOUR + drift * HOUR - timeZoneOffsetMs
      const minutes = MINUTES[Math.floor(choice * MINUTES.length)] ?? 5
      const endedAt = startedAt + minutes * MINUTE + Math.floor(remainder * 40) * SECOND
      if (endedAt > now.getTime() - HOUR) continue
      sessions.push({
        startedAt: new Date(Math.floor(startedAt)),
        endedAt: new Date(Math.floor(endedAt)),
        status: forgotten < 0.06 ? 'EXPIRED' : 'COMPLETED',
      })
    }
  }
  return sessions
}

/** A linear congruential generator: nothing here is secret, and everybody should see the same. */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
