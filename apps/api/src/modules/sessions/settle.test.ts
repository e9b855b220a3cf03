import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { settle } from './settle.ts'

const TTL = SESSION_TTL_SECONDS * SECOND
const CAP = MAX_SESSION_SECONDS * SECOND
const START = Date.parse('2026-03-01T09:00:00.000Z')
const after = (milliseconds: number) => new Date(START + milliseconds)

function session({ lastSeen = 0, outageBeat = null as number | null } = {}) {
  return {
    startedAt: after(0),
    lastSeenAt: after(lastSeen),
    outageBeatAt: outageBeat === null ? null : after(outageBeat),
  }
}

test('a session lapses an hour after its last beat, to the millisecond, and ended at that beat', () => {
  const beat = after(5 * MINUTE)
  expect(settle(session(), beat, after(5 * MINUTE + TTL - 1))).toMatchObject({ live: true, lastSeenAt: beat })
  expect(settle(session(), beat, after(5 * MINUTE + TTL))).toEqual({
    live: false,
    endedAt: beat,
    status: 'EXPIRED',
  })
})

test('the later of Redis and the record is the last beat', () => {
  const lapsed = after(10 * HOUR)
  expect(settle(session({ lastSeen: 2 * MINUTE }), after(MINUTE), lapsed)).toMatchObject({
    endedAt: after(2 * MINUTE),
  })
  expect(settle(session({ lastSeen: MINUTE }), after(2 * MINUTE), lapsed)).toMatchObject({
    endedAt: after(2 * MINUTE),
  })
})

test('two minutes more are allowed when Redis has no beat, is behind the record, or was away at the last one', () => {
  const late = TTL + 2 * MINUTE - 1
  expect(settle(session(), null, after(late)).live).toBe(true)
  expect(settle(session({ lastSeen: 1 }), after(0), after(late + 1)).live).toBe(true)
  expect(settle(session({ outageBeat: 0 }), after(MINUTE - 1), after(MINUTE - 1 + late)).live).toBe(true)
  expect(settle(session(), null, after(late + 1)).live).toBe(false)
})

test('no more time is allowed a minute after the last beat without Redis, or to who is known exactly', () => {
  expect(settle(session({ outageBeat: 0 }), after(MINUTE), after(MINUTE + TTL)).live).toBe(false)
  expect(settle(session(), after(0), after(TTL)).live).toBe(false)
})

test('what reaches the cap is completed at its last sign of life', () => {
  const beat = after(CAP - 30 * SECOND)
  expect(settle(session(), beat, after(CAP - 1)).live).toBe(true)
  expect(settle(session(), beat, after(CAP))).toEqual({ live: false, endedAt: beat, status: 'COMPLETED' })
})

test('what lapsed before the cap expired, also when that is seen after the cap', () => {
  expect(settle(session(), after(MINUTE), after(CAP + HOUR))).toMatchObject({ status: 'EXPIRED' })
})

const millisecond = fc.integer({ min: -HOUR, max: 6 * HOUR })
const facts = fc.record({
  lastSeen: millisecond,
  outageBeat: fc.option(millisecond),
  beat: fc.option(millisecond),
})

test('no end is before the start or after the cap or the last sign of life, whatever the clocks say', () => {
  fc.assert(
    fc.property(facts, millisecond, ({ lastSeen, outageBeat, beat }, now) => {
      const verdict = settle(
        session({ lastSeen, outageBeat }),
        beat === null ? null : after(beat),
        after(now),
      )
      if (verdict.live) return
      const endedAt = verdict.endedAt.getTime() - START
      expect(endedAt).toBeGreaterThanOrEqual(0)
      expect(endedAt).toBeLessThanOrEqual(CAP)
      expect(endedAt).toBeLessThanOrEqual(Math.max(0, lastSeen, beat ?? 0))
    }),
  )
})

test('once over, always over, and in the same way, whoever looks later', () => {
  fc.assert(
    fc.property(facts, millisecond, millisecond, ({ lastSeen, outageBeat, beat }, one, other) => {
      const at = (now: number) =>
        settle(session({ lastSeen, outageBeat }), beat === null ? null : after(beat), after(now))
      const [earlier, later] = [at(Math.min(one, other)), at(Math.max(one, other))]
      if (!earlier.live) expect(later).toEqual(earlier)
    }),
  )
})
