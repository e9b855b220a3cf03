import { SECOND } from '@wellness/domain/time'
import { BoundedMap } from './boundedMap.ts'
import type { BucketKind } from './costLimits.ts'
import type { Taking } from './pointStore.ts'

/** That somebody was told to wait. */
export interface Refusal {
  kind: BucketKind
  /** Whoever wants fewer is looked at all the same. */
  points: number
  taking: Taking
  /** When it is looked at anew, in milliseconds since 1970. */
  until: number
  /** How often it was told again. */
  repeats: number
  /** Requests that wait for its end. */
  held: number
}

/** Some 300 bytes each. */
const REMEMBERED_MAX = 20_000
/** The least that Retry-After can say. */
const REMEMBERED_MS = SECOND

/** Who was just told to wait, so that for a second nobody has to be asked about them. */
export class Refusals {
  readonly #byName = new BoundedMap<Refusal>(REMEMBERED_MAX)
  #lastUntil = 0

  /** @param name of a bucket. */
  add(name: string, refused: Pick<Refusal, 'kind' | 'points' | 'taking'>, now: Date): void {
    const until = now.getTime() + REMEMBERED_MS
    const repeats = this.find(name, now)?.repeats ?? 0
    this.#byName.set(name, { ...refused, until, repeats, held: 0 })
    this.#lastUntil = Math.max(this.#lastUntil, until)
  }

  find(name: string, now: Date): Refusal | null {
    if (!this.isAny(now)) return null
    const refusal = this.#byName.get(name)
    return refusal && now.getTime() < refusal.until ? refusal : null
  }

  /** Nearly always nobody is, and then a request pays nothing for this. */
  isAny(now: Date): boolean {
    return now.getTime() < this.#lastUntil
  }
}
