import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bucketLimits, OPERATION_POINTS_MAX, pointsOf } from './costLimits.ts'

test('the points that are told in docs/partners/limits.md are those that are asked for', () => {
  const text = readFileSync(new URL('../../../../../../docs/partners/limits.md', import.meta.url), 'utf8')
  const rows = Object.fromEntries(
    [...text.matchAll(/^\| `(\w+)` +\| ([\d,]+) +\| ([\d,]+) +\|$/gm)].map(
      ([, kind = '', points, perSecond]) => [
        kind,
        { points: toNumber(points), pointsPerSecond: toNumber(perSecond) },
      ],
    ),
  )
  expect(rows).toEqual(bucketLimits)
  const prices = Object.fromEntries(
    [...text.matchAll(/^\| .+ `(\w+)` +\| ([\d,]+) +\|$/gm)].map(([, name = '', points]) => [
      name,
      toNumber(points),
    ]),
  )
  expect(prices).toEqual(pointsOf)
  expect(text).toContain(`at most ${OPERATION_POINTS_MAX.toLocaleString('en')} points`)
})

function toNumber(text: string | undefined): number {
  return Number(text?.replaceAll(',', ''))
}
