import { expect } from 'vitest'
import type { Deed, KnownKey } from './deed.ts'

/** Every key that was answered, and what follows for it from all that was asked for and answered. */
export class KeyLedger {
  readonly keys: KnownKey[] = []
  readonly #deeds: readonly Deed[]

  constructor(deeds: readonly Deed[]) {
    this.#deeds = deeds
  }

  add(key: Pick<KnownKey, 'id' | 'secret' | 'made' | 'maker'>): void {
    this.keys.push({ ...key, admittedAfter: 0, refusedBy: Infinity })
  }

  /** Why the key was over for certain at that moment; undefined when it may have been good. */
  whyOver(key: KnownKey, at: number): string | undefined {
    if (key.refusedBy < at) return 'it was refused before'
    return this.#deeds.find((deed) => deed.outcome === 'done' && deed.endedAt < at && endsForSure(deed, key))
      ?.what
  }

  /** One request, which the key was let in with or not. */
  used(key: KnownKey, { startedAt, endedAt, status }: KeyUse): void {
    const why = this.whyOver(key, startedAt)
    const about = `key ${this.keys.indexOf(key)}`
    if (why !== undefined) expect(status, `${about} was over: ${why}`).toBe(401)
    if (this.#isGood(key)) expect(status, `${about} was not over`).toBe(200)
    if (status === 200) key.admittedAfter = Math.max(key.admittedAfter, startedAt)
    else if (status === 401) key.refusedBy = Math.min(key.refusedBy, endedAt)
  }

  /** Whether it is good for certain, as long as nothing else is asked for. */
  #isGood(key: KnownKey): boolean {
    return key.refusedBy === Infinity && !this.#deeds.some((deed) => mayEnd(deed, key))
  }
}

interface KeyUse {
  startedAt: number
  endedAt: number
  status: number
}

/**
 * A key that is made beside an act which ends them all is made before, and goes; or after, and then by no login that the
 * act ended as well.
 */
function endsForSure({ startedAt, ending: { keys, all } }: Deed, { made, maker, ...key }: KnownKey): boolean {
  if (keys !== 'all') return keys?.id === key.id
  const { began } = maker
  const endsMaker = all !== undefined && all.but !== maker
  return made.endedAt < startedAt || (endsMaker && Math.min(began.endedAt, began.provenBy) < startedAt)
}

function mayEnd({ outcome, endedAt, ending: { keys } }: Deed, key: KnownKey): boolean {
  if (outcome === 'refused' || !(keys === 'all' || keys === key)) return false
  return outcome === 'unknown' || endedAt > Math.max(key.admittedAfter, key.made.startedAt)
}
