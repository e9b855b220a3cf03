import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { MINUTE, SECOND } from '@wellness/domain/time'
import { expect } from 'vitest'
import { BEAT_RETENTION_MS } from '../../modules/sessions/beat.store.ts'
import type { SessionView } from '../../modules/sessions/session.service.ts'
import type { SessionRecord } from '../../modules/sessions/sessionRow.ts'
import type { Deadline } from './sessionSteps.ts'

const TTL_MS = SESSION_TTL_SECONDS * SECOND
const MAX_MS = MAX_SESSION_SECONDS * SECOND
/** What may be lost with Redis, and is allowed for before a session counts as lapsed. */
const LOSS_MS = 2 * MINUTE
/** While Redis is away, a beat that is answered may be written down as the one of up to a minute before. */
const OUTAGE_LOSS_MS = MINUTE

/** How things stood while something was done. */
export interface Circumstances {
  /** The time of the process that did it. */
  at: number
  /** Whether Redis was away, or the process died or lost an answer of Redis. */
  isTroubled: boolean
  /** Whether others acted at the same time. */
  isConcurrent: boolean
}

interface Told {
  record: SessionRecord
  /** The last sign of life that anybody tried to give. */
  lastAttemptAt: number
  endAttempted: boolean
  answeredEnding: Pick<SessionView, 'endedAt' | 'durationSeconds' | 'status'> | null
  /** The last beat that was answered, less what may be lost of it by now: it cannot have ended before. */
  floor: number
  /** The same once Redis is emptied. */
  savedFloor: number
  /** The last beat that was answered: it cannot lapse sooner than its time after it. */
  promisedAt: number
  lastTroubleAt: number
  /** Whether it is allowed two minutes more. */
  isUncertain: boolean
}

/** Keeps what the callers were told, and holds the tables against it: the seven invariants of the design. */
export class SessionLedger {
  readonly #told = new Map<string, Told>()
  readonly #startAttempts = new Map<string, number[]>()
  readonly #skewMs: number

  constructor(skewMs: number) {
    this.#skewMs = skewMs
  }

  sessionsOf(userId: string): SessionRecord[] {
    return [...this.#told.values()].flatMap(({ record }) => (record.userId === userId ? [record] : []))
  }

  startAttempted(userId: string, { at }: Circumstances): void {
    this.#startAttempts.set(userId, [...(this.#startAttempts.get(userId) ?? []), at])
  }

  signOfLifeAttempted(id: string, { at, isTroubled }: Circumstances, isEnd: boolean): void {
    const told = this.#told.get(id)
    if (!told) return
    told.lastAttemptAt = Math.max(told.lastAttemptAt, at)
    told.endAttempted ||= isEnd
    if (isTroubled) this.troubled(id, at)
  }

  /** Something may not have reached Redis. */
  troubled(id: string, at: number): void {
    const told = this.#told.get(id)
    if (!told) return
    told.lastTroubleAt = Math.max(told.lastTroubleAt, at)
    told.isUncertain = true
  }

  beatAnswered(session: SessionView, { at, isTroubled }: Circumstances): void {
    const told = this.#told.get(session.id)
    if (!told) throw new Error('A beat was answered for a session that was never seen')
    told.promisedAt = Math.max(told.promisedAt, at)
    told.floor = Math.max(told.floor, isTroubled ? at - OUTAGE_LOSS_MS : at)
    if (isTroubled) told.savedFloor = Math.max(told.savedFloor, at - OUTAGE_LOSS_MS)
    else if (at >= told.lastTroubleAt + OUTAGE_LOSS_MS) told.isUncertain = false
  }

  endAnswered({ id, endedAt, durationSeconds, status }: SessionView): void {
    const told = this.#told.get(id)
    if (!told) return
    const ending = { endedAt, durationSeconds, status }
    expect(told.answeredEnding ?? ending, 'invariant 2: everybody is told of the same end').toEqual(ending)
    told.answeredEnding = ending
  }

  /** When something changes for the user's live session unless there is a beat; null when none is live. */
  deadlineOf(userId: string, deadline: Deadline): number | null {
    const told = [...this.#told.values()].find(({ record }) => record.userId === userId && !record.endedAt)
    if (!told) return null
    if (deadline === 'cap') return told.record.startedAt.getTime() + MAX_MS
    if (deadline === 'staleRecord') return told.lastAttemptAt + 10 * MINUTE
    return told.lastAttemptAt + TTL_MS + (deadline === 'lapse' ? 0 : LOSS_MS)
  }

  checkpointDone(at: number): void {
    for (const told of this.#told.values())
      if (told.floor > at - BEAT_RETENTION_MS + this.#skewMs)
        told.savedFloor = Math.max(told.savedFloor, told.floor)
  }

  redisEmptied(at: number): void {
    for (const [id, told] of this.#told) {
      if (told.record.endedAt) continue
      this.troubled(id, at)
      told.floor = Math.max(told.savedFloor, told.floor - LOSS_MS)
    }
  }

  /** Holds every record against what was told and what was there before. Returns which sessions have ended since. */
  check(records: SessionRecord[], circumstances: Circumstances): string[] {
    const ended: string[] = []
    const byId = new Map(records.map((record) => [record.id, record]))
    for (const { record } of this.#told.values())
      expect(byId.has(record.id), 'invariant 1: what was seen once stays').toBe(true)

    const openOf = new Set<string>()
    for (const record of records) {
      const before = this.#told.get(record.id)
      if (before?.record.endedAt) {
        expect(record, 'invariants 2 and 7: what is over never changes').toEqual(before.record)
        continue
      }
      const told = before ?? this.#adopt(record)
      if (record.endedAt) {
        if (told.answeredEnding)
          expect(record, 'invariant 2: it ended as was told').toMatchObject(told.answeredEnding)
        this.#checkEnding(told, record, circumstances)
        ended.push(record.id)
      } else {
        expect(openOf.has(record.userId), 'at most one live session a user').toBe(false)
        openOf.add(record.userId)
      }
      told.record = record
    }
    return ended
  }

  /** After a sweep, nothing stays open beyond its time. */
  checkSwept(records: SessionRecord[], at: number): void {
    for (const record of records) {
      if (record.endedAt) continue
      const told = this.#told.get(record.id)
      if (!told) throw new Error('A sweep met a session that was never seen')
      const lapsesAt = told.lastAttemptAt + TTL_MS + (told.isUncertain ? LOSS_MS : 0)
      expect(at, 'invariant 2: a sweep ends what lapsed').toBeLessThan(lapsesAt)
      expect(at, 'invariant 2: a sweep ends what reached the cap').toBeLessThan(
        record.startedAt.getTime() + MAX_MS,
      )
    }
  }

  #adopt(record: SessionRecord): Told {
    const startedAt = record.startedAt.getTime()
    expect(this.#startAttempts.get(record.userId), 'a session starts when somebody starts it').toContain(
      startedAt,
    )
    const told = {
      record,
      lastAttemptAt: startedAt,
      endAttempted: false,
      answeredEnding: null,
      floor: startedAt,
      savedFloor: startedAt,
      promisedAt: startedAt,
      lastTroubleAt: Number.NEGATIVE_INFINITY,
      isUncertain: false,
    }
    this.#told.set(record.id, told)
    return told
  }

  #checkEnding(told: Told, record: SessionRecord, { at, isTroubled, isConcurrent }: Circumstances): void {
    const startedAt = record.startedAt.getTime()
    const endedAt = record.endedAt?.getTime() ?? 0
    const capsAt = startedAt + MAX_MS
    const byUser = told.endAttempted && record.status === 'COMPLETED'
    // Who ends a session may have a clock that is behind the one that took the last beat.
    // Who cannot ask Redis decides by the record, which is two minutes behind at most.
    const tolerance = (byUser || isConcurrent ? this.#skewMs : 0) + (isTroubled ? LOSS_MS : 0)

    expect(endedAt, 'invariant 2: no end before the start').toBeGreaterThanOrEqual(startedAt)
    expect(endedAt, 'invariant 2: no end after the cap').toBeLessThanOrEqual(capsAt)
    expect(endedAt, 'invariant 2: no end after the last sign of life').toBeLessThanOrEqual(told.lastAttemptAt)
    expect(record.durationSeconds).toBe(Math.floor((endedAt - startedAt) / SECOND))
    expect(endedAt, 'invariant 4: beats that were answered count').toBeGreaterThanOrEqual(
      Math.min(told.floor, capsAt) - tolerance,
    )
    if (!told.endAttempted) {
      expect(at + this.#skewMs, 'invariant 5: nobody who is practising is cut off').toBeGreaterThanOrEqual(
        Math.min(told.promisedAt + TTL_MS, capsAt),
      )
      const reachedCap = record.status === 'COMPLETED'
      if (reachedCap) expect(at + this.#skewMs).toBeGreaterThanOrEqual(capsAt)
    }
    if (record.status === 'EXPIRED') expect(at + this.#skewMs).toBeGreaterThanOrEqual(endedAt + TTL_MS)
  }
}
