import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toIsoText } from './toIsoText.ts'

test('every instant is written as the runtime writes it', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(toIsoText(date)).toBe(date.toISOString())
    }),
    { numRuns: 10_000 },
  )
})

test('what is no instant is an error, and no text', () => {
  expect(() => toIsoText(new Date(Number.NaN))).toThrow(RangeError)
})
