import { expect, test } from 'vitest'
import { formatDuration } from './formatDuration.ts'

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [119, '1 min'],
  [3_599, '59 min'],
  [3_600, '1 h'],
  [10_800, '3 h'],
  [5_430, '1 h 30 min'],
])('%i seconds are shown as %s: cut, never rounded up', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})
