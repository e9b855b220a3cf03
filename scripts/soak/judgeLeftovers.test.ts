import { expect, test } from 'vitest'
import { judgeLeftovers, type Leftovers } from './judgeLeftovers.ts'
import type { SoakTally } from './soakTally.ts'

const tally: SoakTally = {
  signIns: 10,
  signOuts: 12,
  starts: 40,
  beats: 160,
  ends: 40,
  reads: 300,
  pages: 80,
  signUps: 3,
  completions: 3,
  failures: [],
}
const before: Leftovers = {
  rows: { users: 5, logins: 0, sessions: 0, links: 0, events: 0, jobs: 0 },
  openSessions: 0,
  liveStates: 0,
  beats: 0,
  throttleKeys: 0,
  credentialKeys: 0,
  pointKeys: 0,
  otherKeys: 1,
}
const after: Leftovers = {
  ...before,
  rows: { users: 8, logins: 1, sessions: 40, links: 3, events: 25, jobs: 0 },
  throttleKeys: 8,
  credentialKeys: 13,
  pointKeys: 4,
}
const judge = (change: Partial<Leftovers>) => judgeLeftovers(before, { ...after, ...change }, tally, 5)

test('what the load accounts for is no leak', () => {
  expect(judge({})).toEqual([])
})

test.each(Object.entries(after.rows))('a row of %s too many or too few is found', (name, rows) => {
  expect(judge({ rows: { ...after.rows, [name]: rows + 1 } })).toEqual([expect.stringContaining(`${name}:`)])
  expect(judge({ rows: { ...after.rows, [name]: rows - 1 } })).toEqual([expect.stringContaining(`${name}:`)])
})

test.each(['openSessions', 'liveStates', 'beats', 'otherKeys'] as const)(
  '%s left behind are found',
  (name) => {
    expect(judge({ [name]: before[name] + 2 })).toEqual([`${name}: 2 are left when everybody has gone`])
  },
)

test('more keys than people, addresses and logins are found', () => {
  expect(judge({ throttleKeys: 2 * 5 + 100 + 3, credentialKeys: 13, pointKeys: 13 + 5 + 100 })).toEqual([])
  expect(judge({ throttleKeys: 114 })).toEqual([expect.stringContaining('throttles: 114 keys')])
  expect(judge({ credentialKeys: 14 })).toEqual([expect.stringContaining('credentials: 14 keys')])
  expect(judge({ pointKeys: 119 })).toEqual([expect.stringContaining('points: 119 keys')])
})
