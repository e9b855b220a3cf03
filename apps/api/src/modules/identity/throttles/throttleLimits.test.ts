import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { throttleLimits } from './throttleLimits.ts'

const documentation = new URL('../../../../../../docs/security.md', import.meta.url)

type Limit = (typeof throttleLimits)[keyof typeof throttleLimits]

function describeLimit(limit: Limit): string {
  if ('points' in limit) {
    expect(limit.windowSeconds).toBe(HOUR / SECOND)
    return `${limit.points} an hour`
  }
  const { freeTries, firstDelaySeconds, maxDelaySeconds } = limit
  const maxMinutes = (maxDelaySeconds * SECOND) / MINUTE
  return `${freeTries} failures, then one more after ${firstDelaySeconds} seconds, twice as long each time, up to ${maxMinutes} minutes`
}

test('S4, S5: the limits that are told in docs/security.md are the ones that are kept, each of them', () => {
  const told = [...readFileSync(documentation, 'utf8').matchAll(/^\| `(\w+)` +\| ([^|]+?) +\|$/gm)]
  expect(Object.fromEntries(told.map(([, name, limit]) => [name, limit]))).toEqual(
    Object.fromEntries(Object.entries(throttleLimits).map(([name, limit]) => [name, describeLimit(limit)])),
  )
})
