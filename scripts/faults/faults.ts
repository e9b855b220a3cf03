import { setTimeout as delay } from 'node:timers/promises'
import { MINUTE, SECOND } from '@wellness/domain/time'
import { MAX_SESSION_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import type pg from 'pg'
import type { ApiCaller } from '../load/apiCaller.ts'
import type { LineState } from '../load/tcpProxy.ts'
import { askForMail } from './askForMail.ts'
import type { FaultClient } from './faultClient.ts'
import type { Ledger } from './ledger.ts'
import type { FaultyProduct } from './startFaultyProduct.ts'
import type { TimeTravel, Travel } from './timeTravel.ts'

export interface FaultParts {
  product: FaultyProduct
  ledger: Ledger
  travel: TimeTravel
  /** People who do only what they are told here; each is used once. */
  idle: FaultClient[]
  caller: ApiCaller
  database: pg.Pool
  signal: AbortSignal
  /** How long Redis is out of reach. */
  outageMs: number
}

const TTL_MS = SESSION_TTL_SECONDS * SECOND
const MAX_MS = MAX_SESSION_SECONDS * SECOND
const GROUP = 10
/** Once more than what is allowed after an outage, so that nothing is in doubt. */
const LAPSED: Travel = { startMs: TTL_MS + 3 * MINUTE, seenMs: TTL_MS + 3 * MINUTE, isOver: true }
const JUST_LAPSED: Travel = { startMs: TTL_MS + SECOND, seenMs: TTL_MS + SECOND, isOver: true }
const AT_THE_CAP: Travel = { startMs: MAX_MS, seenMs: 0, isOver: true }
const KNOWN_TO_REDIS_MS = 30 * SECOND
/** Not yet lapsed by the last beat, and lapsed by the one before. */
const ALMOST_LAPSED: Travel = {
  startMs: TTL_MS - KNOWN_TO_REDIS_MS + 2 * SECOND,
  seenMs: TTL_MS - KNOWN_TO_REDIS_MS + 2 * SECOND,
  isOver: false,
}
const MAILS_AT_ONCE = 6

/** Each makes something fail while the load goes on, and mends it. */
export const faults = {
  async fairWeather({ travel, idle }: FaultParts): Promise<void> {
    const { lapsing, capped } = await practising(idle, ['lapsing', 'capped'])
    await delay(3 * SECOND)
    await travel.move(idsOf(lapsing), JUST_LAPSED)
    await travel.move(idsOf(capped), AT_THE_CAP)
    await delay(5 * SECOND)
  },

  /** Each API process once while it works. */
  async apiKilled({ product, ledger }: FaultParts): Promise<void> {
    for (const api of product.apis) {
      await ledger.during('apiKilled', async () => {
        await api.kill()
        await delay(2 * SECOND)
        await api.start()
      })
      await delay(4 * SECOND)
    }
  },

  /**
   * All workers, with mails in their hands: the mail server is silent just then. While none runs, people come back to
   * sessions that are over; of the rest the next worker has to know.
   */
  async workerKilled({ product, ledger, travel, idle, caller, signal }: FaultParts): Promise<void> {
    const { swept, capped, beating, starting, reading, cappedBeating } = await practising(idle, [
      'swept',
      'capped',
      'beating',
      'starting',
      'reading',
      'cappedBeating',
    ])
    await ledger.during('smtpAway', async () => {
      product.smtpLine.set('silent')
      const asked = Array.from({ length: MAILS_AT_ONCE }, () =>
        askForMail(caller, ledger.told.wishes, signal),
      )
      await Promise.all(asked)
      await delay(SECOND)
      await ledger.during('workerKilled', async () => {
        await Promise.all(product.workers.map((worker) => worker.kill()))
        product.smtpLine.set('passing')
        await travel.move(idsOf(beating, starting, reading), { ...JUST_LAPSED, isOver: false })
        await travel.move(idsOf(cappedBeating), { ...AT_THE_CAP, isOver: false })
        await Promise.all([
          ...[...beating, ...cappedBeating].map((client) => client.beat()),
          ...starting.map((client) => client.start()),
          ...reading.map((client) => client.readLive()),
        ])
        await delay(2 * SECOND)
        await travel.move(idsOf(swept), JUST_LAPSED)
        await travel.move(idsOf(capped), AT_THE_CAP)
        await Promise.all(product.workers.map((worker) => worker.start()))
      })
    })
    await delay(5 * SECOND)
  },

  /**
   * Nobody who practises is cut off afterwards, though for half a minute only Redis knew that they were there: the workers,
   * who would have written it down, stand still, and sweep at once when they go on.
   */
  async redisEmptied({ product, ledger, travel, idle }: FaultParts): Promise<void> {
    const { gone } = await practising(idle, ['gone'])
    product.workers.forEach((worker) => worker.pause())
    const { practisingStill } = await practising(idle, ['practisingStill'])
    await delay(KNOWN_TO_REDIS_MS)
    await Promise.all(practisingStill.map((client) => client.beat()))
    await ledger.during('redisEmptied', async () => {
      await product.stopRedis()
      await delay(8 * SECOND)
      await product.startRedis()
    })
    await travel.move(idsOf(practisingStill), ALMOST_LAPSED)
    product.workers.forEach((worker) => worker.resume())
    await delay(3 * SECOND)
    await Promise.all(practisingStill.map((client) => client.beat()))
    await travel.move(idsOf(gone), LAPSED)
    await delay(3 * SECOND)
  },

  redisRefusing: (parts: FaultParts) => redisAway(parts, 'redisRefusing', 'refusing'),
  redisSilent: (parts: FaultParts) => redisAway(parts, 'redisSilent', 'silent'),

  async postgresStopped({ product, ledger }: FaultParts): Promise<void> {
    await ledger.during('postgresStopped', async () => {
      await product.stopPostgres('SIGINT')
      await delay(4 * SECOND)
      await product.startPostgres()
    })
    await delay(8 * SECOND)
  },

  async postgresKilled({ product, ledger, travel, idle }: FaultParts): Promise<void> {
    const { gone } = await practising(idle, ['gone'])
    await ledger.during('postgresKilled', async () => {
      await product.stopPostgres('SIGKILL')
      await delay(4 * SECOND)
      await product.startPostgres()
    })
    await delay(8 * SECOND)
    await travel.move(idsOf(gone), JUST_LAPSED)
  },

  /** Nobody listens, later it refuses for now, then a few for good. */
  async smtpAway({ product, ledger, caller, signal }: FaultParts): Promise<void> {
    const askForSome = () =>
      Promise.all(Array.from({ length: MAILS_AT_ONCE }, () => askForMail(caller, ledger.told.wishes, signal)))
    await ledger.during('smtpAway', async () => {
      product.smtpLine.set('refusing')
      await askForSome()
      await delay(8 * SECOND)
      product.smtpLine.set('passing')
    })
    product.mailbox.failNext(4, 451)
    await askForSome()
    await delay(2 * SECOND)
    product.mailbox.failNext(2, 550)
    await askForSome()
    await delay(2 * SECOND)
    product.mailbox.failNext(0)
  },

  /** Every process, one after the other, as when a new version comes. */
  async rollingRestart({ product, ledger }: FaultParts): Promise<void> {
    await ledger.during('restart', async () => {
      await delay(2 * SECOND)
      for (const each of [...product.apis, ...product.webs, ...product.workers]) {
        ledger.told.restarts.push(await each.askToEnd())
        await each.start()
        await delay(SECOND)
      }
    })
  },
}

export type FaultName = keyof typeof faults

/** Two minutes without Redis, with people who beat on and then leave: their last beats are known to PostgreSQL alone. */
async function redisAway(
  { product, ledger, idle, outageMs }: FaultParts,
  kind: 'redisRefusing' | 'redisSilent',
  state: LineState,
): Promise<void> {
  const { beating } = await practising(idle, ['beating'])
  await ledger.during(kind, async () => {
    product.redisLine.set(state)
    const beats = Math.max(1, Math.floor(outageMs / (20 * SECOND)))
    for (let beat = 0; beat < beats; beat += 1) {
      await delay(outageMs / beats)
      await Promise.all(beating.map((client) => client.beat()))
    }
    product.redisLine.set('passing')
  })
}

/** Takes people in groups, and lets them start and beat once. */
async function practising<Name extends string>(
  idle: FaultClient[],
  names: Name[],
): Promise<Record<Name, FaultClient[]>> {
  const groups = names.map((name) => [name, idle.splice(0, GROUP)] as const)
  await Promise.all(
    groups.flatMap(([, clients]) =>
      clients.map(async (client) => {
        await client.start()
        await client.beat()
      }),
    ),
  )
  return Object.fromEntries(groups) as Record<Name, FaultClient[]>
}

function idsOf(...groups: FaultClient[][]): string[] {
  return groups.flat().flatMap(({ session }) => session?.id ?? [])
}
