import { MINUTE } from '@wellness/domain/time'
import { expect } from 'vitest'
import { LOGIN_ABSOLUTE_MS, LOGIN_IDLE_MS } from '../../modules/identity/logins/login.repository.ts'
import type { Deed, Ending, Ground, KnownLogin, KnownToken } from './deed.ts'
import { KeyLedger } from './keyLedger.ts'

/** The last use is written down this much late at most. */
const IDLE_LATE_MS = 5 * MINUTE

/** Everything that was asked for and answered, and what follows from it for every token. */
export class LoginLedger {
  readonly tokens: KnownToken[] = []
  readonly #deeds: Deed[] = []
  readonly keys = new KeyLedger(this.#deeds)
  #count = 0

  /** The next moment: nothing else is at the same. */
  tick(): number {
    return (this.#count += 1)
  }

  start(what: string, ending: Ending): Deed {
    const deed: Deed = {
      what,
      startedAt: this.tick(),
      endedAt: Infinity,
      provenBy: Infinity,
      outcome: 'underWay',
      ending,
    }
    this.#deeds.push(deed)
    return deed
  }

  finish(deed: Deed, outcome: Deed['outcome']): void {
    deed.outcome = outcome
    deed.endedAt = this.tick()
  }

  add(token: string, login: KnownLogin, admittedAfter: number): void {
    this.tokens.push({ token, login, admittedAfter, refusedBy: Infinity })
  }

  /** Whether nothing else was under way at any time of it. */
  isAlone(deed: Deed): boolean {
    return this.#deeds.every(
      (other) => other === deed || other.endedAt < deed.startedAt || other.startedAt > deed.endedAt,
    )
  }

  /** Whether what becomes of a sign-in with this can be told. */
  isGroundSure(): boolean {
    return this.#deeds.every(
      ({ outcome, ending }) => ending.ground === undefined || outcome === 'done' || outcome === 'refused',
    )
  }

  /** Who was answered that nobody signs in with this, before that moment. */
  whoEndedGround(ground: Ground, before: number): Deed | undefined {
    return this.#deeds.find(
      (deed) => deed.outcome === 'done' && deed.endedAt < before && takesAway(deed, ground),
    )
  }

  /** Why the token was over for certain at that moment; undefined when it may have been good. */
  whyOver(token: KnownToken, at: number, now: number): string | undefined {
    const { login } = token
    if (now >= login.createdAt + LOGIN_ABSOLUTE_MS) return 'its 30 days were over'
    if (now >= login.usedAt + LOGIN_IDLE_MS) return 'it was idle for 14 days'
    if (token.refusedBy < at) return 'it was refused before'
    return this.#deeds.find((deed) => deed.endedAt < at && endsForSure(deed, token))?.what
  }

  /** Whether it is good for certain, as long as nothing else is asked for. */
  isGood(token: KnownToken, now: number): boolean {
    const { login } = token
    if (now >= login.createdAt + LOGIN_ABSOLUTE_MS || now >= login.usedAt + LOGIN_IDLE_MS - IDLE_LATE_MS)
      return false
    return token.refusedBy === Infinity && !this.#deeds.some((deed) => mayEnd(deed, token))
  }

  /** One request, which the token was let in with or not. */
  used(token: KnownToken, use: { startedAt: number; status: number; now: number }): void {
    const { startedAt, status, now } = use
    const why = this.whyOver(token, startedAt, now)
    const isGood = this.isGood(token, now)
    const about = `token ${this.tokens.indexOf(token)}`
    if (why !== undefined) expect(status, `${about} was over: ${why}`).toBe(401)
    if (isGood) expect(status, `${about} was not over`).toBe(200)
    if (status === 200) {
      token.admittedAfter = Math.max(token.admittedAfter, startedAt)
      token.login.usedAt = now
    } else if (status === 401) token.refusedBy = Math.min(token.refusedBy, this.tick())
  }
}

/** Of two acts that set the same thing, the one that was asked for later also came later: each voids those under way. */
function takesAway({ startedAt, ending: { ground } }: Deed, from: Ground): boolean {
  if (ground === undefined) return false
  if (ground === null) return true
  return (
    (ground.password !== undefined && startedAt > from.passwordSince) ||
    (ground.email !== undefined && startedAt > from.emailSince)
  )
}

function isAimedAt({ ending: { all, login, token } }: Deed, aim: KnownToken): boolean {
  return (all !== undefined && all.but !== aim.login) || login === aim.login || token === aim
}

function endsForSure(deed: Deed, token: KnownToken): boolean {
  if (deed.outcome !== 'done' || !isAimedAt(deed, token)) return false
  const { login } = token
  if (deed.ending.login === login || deed.ending.token === token) return true
  // A sign-in beside it may have come wholly after, unless it stands on what was read before, or is no more.
  const { began } = login
  return Math.min(began.endedAt, began.provenBy) < deed.startedAt || takesAway(deed, login.ground)
}

function mayEnd(deed: Deed, token: KnownToken): boolean {
  if (deed.outcome === 'refused' || !isAimedAt(deed, token)) return false
  if (deed.outcome === 'unknown') return true
  return deed.endedAt > Math.max(token.admittedAfter, token.login.began.startedAt)
}
