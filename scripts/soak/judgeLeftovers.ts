import type { Redis } from 'ioredis'
import type pg from 'pg'
import { SIGN_UP_ADDRESSES } from './soakSignUps.ts'
import type { SoakTally } from './soakTally.ts'

export interface Leftovers {
  rows: Record<string, number>
  openSessions: number
  liveStates: number
  beats: number
  throttleKeys: number
  /** Which credentials were found good, for a day. */
  credentialKeys: number
  /** Buckets that are not full, or were not a minute ago. */
  pointKeys: number
  otherKeys: number
}

const TABLES = {
  users: 'users',
  logins: 'logins',
  sessions: 'session_metadata',
  // Of the others, one stands in each mail that tells of something, which is not sent for every sign-in.
  links: "one_time_tokens where purpose = 'SIGN_UP'",
  events: 'security_events',
  jobs: 'graphile_worker._private_jobs',
}

export async function readLeftovers(database: pg.Pool, redis: Redis): Promise<Leftovers> {
  const rows: Record<string, number> = {}
  for (const [name, table] of Object.entries(TABLES)) rows[name] = await count(database, table)
  const keys = await redis.keys('*')
  const withPrefix = (prefix: string): string[] => keys.filter((key) => key.startsWith(prefix))
  const beats = await Promise.all(withPrefix('beats:').map((key) => redis.zcard(key)))
  const countOf = (prefix: string): number => withPrefix(prefix).length
  const [liveStates, throttleKeys] = [countOf('session:'), countOf('throttle:')]
  const [credentialKeys, pointKeys] = [countOf('credential:'), countOf('points:')]
  return {
    rows,
    openSessions: await count(database, 'session_metadata where ended_at is null'),
    liveStates,
    beats: beats.reduce((sum, size) => sum + size, 0),
    throttleKeys,
    credentialKeys,
    pointKeys,
    otherKeys: keys.length - liveStates - throttleKeys - credentialKeys - pointKeys - beats.length,
  }
}

/**
 * Once everybody has gone, there is as much as the accepted load must leave behind, to the row: what is over the count is a
 * leak, and what is under it was lost.
 */
export function judgeLeftovers(
  before: Leftovers,
  after: Leftovers,
  tally: SoakTally,
  people: number,
): string[] {
  const expected: Record<string, number> = {
    users: tally.completions,
    logins: tally.signIns + tally.completions - tally.signOuts,
    sessions: tally.starts,
    links: tally.signUps,
    events: tally.signIns + tally.completions + tally.signOuts,
    jobs: 0,
  }
  const findings = Object.entries(expected).flatMap(([name, more]) => {
    const found = (after.rows[name] ?? Number.NaN) - (before.rows[name] ?? Number.NaN)
    return found === more ? [] : [`${name}: ${found} rows more, and the load accounts for ${more}`]
  })
  const none = {
    openSessions: after.openSessions,
    liveStates: after.liveStates,
    beats: after.beats,
    // Such as when repeated work was last done: there from the start, and no more of them later.
    otherKeys: after.otherKeys - before.otherKeys,
  }
  for (const [name, left] of Object.entries(none))
    if (left > 0) findings.push(`${name}: ${left} are left when everybody has gone`)
  const logins = tally.signIns + tally.completions
  const most = {
    // One a client that signs in and one a person who is told of it, one a client that asks for mail, one an address that got
    // mail; each for an hour.
    throttles: { found: after.throttleKeys, most: 2 * people + SIGN_UP_ADDRESSES + tally.signUps },
    credentials: { found: after.credentialKeys, most: logins },
    points: { found: after.pointKeys, most: logins + people + SIGN_UP_ADDRESSES },
  }
  for (const [name, { found, most: expectedMost }] of Object.entries(most))
    if (found > expectedMost)
      findings.push(`${name}: ${found} keys, and the load accounts for ${expectedMost}`)
  return findings
}

async function count(database: pg.Pool, from: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(`select count(*) from ${from}`)
  return Number(rows[0]?.count)
}
