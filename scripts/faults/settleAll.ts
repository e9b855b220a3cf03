import { setTimeout as delay } from 'node:timers/promises'
import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import type pg from 'pg'
import type { FaultClient } from './faultClient.ts'
import { readSessions } from './readSessions.ts'
import type { TimeTravel } from './timeTravel.ts'

const LOOK_MS = 500
const SWEPT_WITHIN_MS = 65 * SECOND
const MAILS_WITHIN_MS = 90 * SECOND

/** Everybody has gone: what is open lapses, and what is queued is sent, or shows that it is not. */
export async function settleAll({
  clients,
  database,
  travel,
}: {
  clients: FaultClient[]
  database: pg.Pool
  travel: TimeTravel
}): Promise<void> {
  const open = (await readSessions(database)).filter(({ endedAt }) => endedAt === null)
  await travel.move(
    open.map(({ id }) => id),
    // Past what is allowed after an outage, too.
    { startMs: HOUR + 3 * MINUTE, seenMs: HOUR + 3 * MINUTE, isOver: true },
  )
  await until(SWEPT_WITHIN_MS, async () =>
    (await readSessions(database)).every(({ endedAt }) => endedAt !== null),
  )
  // What everybody is told now must be what was told before.
  await Promise.all(clients.map((client) => client.readLive()))
  await until(MAILS_WITHIN_MS, async () => {
    // Tries that wait for their time, and jobs of workers that died, whose time is five minutes.
    await database.query(
      `update graphile_worker._private_jobs set run_at = least(run_at, now()),
        locked_at = locked_at - interval '6 minutes' where attempts < max_attempts`,
    )
    const { rows } = await database.query(
      'select 1 from graphile_worker._private_jobs where attempts < max_attempts limit 1',
    )
    return rows.length === 0
  })
}

async function until(withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await isSo()) && Date.now() < deadline) await delay(LOOK_MS)
}
