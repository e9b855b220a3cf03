import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { HOUR } from '@wellness/domain/time'
import {
  bucketLimits,
  HELD_BY_ONE_MAX,
  OPERATION_POINTS_MAX,
  pointsOf,
  PROMPT_REFUSALS_MAX,
} from './costLimits.ts'
import { TELL_AGAIN_MS } from './knownCredentials.ts'

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

  const prose = text.replaceAll(/\s+/g, ' ')
  const { points, pointsPerSecond } = bucketLimits.address
  for (const told of [
    `refused without a look for a second: ${PROMPT_REFUSALS_MAX === 5 ? 'five' : PROMPT_REFUSALS_MAX} times at once`,
    `of more than ${HELD_BY_ONE_MAX} that would have to be held`,
    `costs its address ${pointsOf.unknownCredential} points until`,
    `may try ${points / pointsOf.unknownCredential} that are not`,
    `and then ${pointsPerSecond === pointsOf.unknownCredential ? 'one' : pointsPerSecond / pointsOf.unknownCredential} a second`,
    `good within the last ${TELL_AGAIN_MS === 12 * HOUR ? 'twelve' : TELL_AGAIN_MS / HOUR} hours`,
  ])
    expect(prose).toContain(told)
})

function toNumber(text: string | undefined): number {
  return Number(text?.replaceAll(',', ''))
}
