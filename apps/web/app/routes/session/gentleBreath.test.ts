import { expect, test } from 'vitest'
import { breathAt } from './gentleBreath.ts'

test('in lasts 4 seconds and out 6, over and over', () => {
  expect([0, 3_999, 4_000, 9_999, 10_000, 13_999].map((ms) => breathAt(ms).phase)).toEqual([
    'in',
    'in',
    'out',
    'out',
    'in',
    'in',
  ])
})

test('the circle is empty at the start, full when the breath turns, and never jumps', () => {
  expect(breathAt(0).fullness).toBeCloseTo(0)
  expect(breathAt(4_000).fullness).toBeCloseTo(1)
  for (let ms = 0; ms < 20_000; ms += 16) {
    expect(Math.abs(breathAt(ms + 16).fullness - breathAt(ms).fullness)).toBeLessThan(0.01)
  }
})

test('a tab that slept for hours is where one is that stayed awake', () => {
  expect(breathAt(3 * 3_600_000 + 2_500)).toEqual(breathAt(2_500))
})

test('a clock that runs behind the start is no fault', () => {
  expect(breathAt(-1_000)).toEqual(breathAt(9_000))
})
