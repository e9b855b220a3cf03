import { expect, test } from 'vitest'
import { isVerified } from './isVerified.ts'

const now = new Date('2026-11-22T12:00:00Z')

test.each(['2026-11-22', '2026-11-01', '2026-05-27'])('a number verified on %s is shown', (lastVerified) => {
  expect(isVerified({ lastVerified }, now)).toBe(true)
})

test.each([null, '2026-05-25', '2020-01-01', '2027-01-01', 'yesterday', ''])(
  'a number verified %j is not shown: never, too long ago, in the future, or nobody knows when',
  (lastVerified) => {
    expect(isVerified({ lastVerified }, now)).toBe(false)
  },
)
