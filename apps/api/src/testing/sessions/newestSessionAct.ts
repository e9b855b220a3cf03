import type { Act, RacingAct } from './sessionSteps.ts'

/** The act at the user's newest session. */
export function newestSessionAct(kind: RacingAct, user: number): Act {
  if (kind === 'start') return { do: kind, user, clientSessionId: null, timeZone: 'UTC' }
  if (kind === 'refresh' || kind === 'end') return { do: kind, user, session: 0 }
  return kind === 'readLive' ? { do: kind, user } : { do: kind }
}
