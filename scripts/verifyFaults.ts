import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import pg from 'pg'
import { audit } from './faults/audit.ts'
import { FaultClient } from './faults/faultClient.ts'
import { faults, type FaultName } from './faults/faults.ts'
import { Ledger } from './faults/ledger.ts'
import { loadPages } from './faults/loadPages.ts'
import { practise } from './faults/practise.ts'
import { readHeld } from './faults/readHeld.ts'
import { RecordWatch } from './faults/recordWatch.ts'
import { settleAll } from './faults/settleAll.ts'
import { startFaultyProduct } from './faults/startFaultyProduct.ts'
import { TimeTravel } from './faults/timeTravel.ts'
import { ApiCaller } from './load/apiCaller.ts'
import { askForMail } from './faults/askForMail.ts'
import { makePeople } from './load/makePeople.ts'
import { runVerification } from './load/runVerification.ts'

const BUSY_PEOPLE = 220
/** Who do only what a fault has them do. */
const IDLE_PEOPLE = 130
const MAIL_PAUSE_MS = 1_500
const SIGN_INS_AT_ONCE = 8
const TIMEOUT_MS = 15 * 60_000

const { values } = parseArgs({
  options: { only: { type: 'string' }, 'outage-seconds': { type: 'string', default: '120' } },
})
const names = (values.only?.split(',') ?? Object.keys(faults)) as FaultName[]
const unknown = names.filter((name) => !(name in faults))
if (unknown.length > 0) {
  console.error(`No such fault: ${unknown.join()}. There are: ${Object.keys(faults).join()}`)
  process.exit(2)
}
const outageMs = Number(values['outage-seconds']) * 1_000

await runVerification(TIMEOUT_MS, async (started, signal) => {
  const ledger = new Ledger()
  const { told } = ledger
  const product = await startFaultyProduct(started, (name, how) =>
    told.deaths.push({ name, how, at: Date.now() }),
  )
  const database = new pg.Pool({ connectionString: product.databaseUrl, max: 4 })
  // PostgreSQL is stopped on purpose, and with it connections that nobody uses.
  database.on('error', () => undefined)
  started.defer(() => database.end())
  const redis = new Redis(product.redisUrl, { retryStrategy: () => 100 })
  redis.on('error', () => undefined)
  started.defer(() => redis.disconnect())
  const caller = new ApiCaller(
    product.apis.map(({ port }) => `http://127.0.0.1:${port}`),
    product.apiEnv['WEB_API_SECRET'] ?? '',
  )
  started.defer(() => caller.close())
  console.log(`Started on ${cpus().length} processors, Node ${process.version}`)

  const people = await makePeople(BUSY_PEOPLE + IDLE_PEOPLE, product.databaseUrl, product.apiEnv)
  const clients = people.map((person) => new FaultClient(person, { caller, acts: told.acts, signal }))
  const waiting = [...clients]
  await Promise.all(
    Array.from({ length: SIGN_INS_AT_ONCE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await next.signIn(told.wishes)
    }),
  )
  console.log(`${clients.length} people signed in`)

  const watch = new RecordWatch(database)
  const watching = watch.run()
  const travel = new TimeTravel({ database, redis, ledger, watch })
  const idle = clients.slice(BUSY_PEOPLE)
  let isOver = false
  const busy = clients.slice(0, BUSY_PEOPLE).map((client) => practise(client, () => isOver))
  const asking = (async () => {
    while (!isOver) {
      await askForMail(caller, told.wishes, signal)
      await delay(MAIL_PAUSE_MS)
    }
  })()
  const pages = loadPages({ product, ledger, clients: clients.slice(0, 20), isOver: () => isOver })
  const load = Promise.all([...busy, asking, pages])
  load.catch(() => undefined)

  const parts = { product, ledger, travel, idle, caller, database, signal, outageMs }
  for (const name of names) {
    const from = performance.now()
    await Promise.race([
      faults[name](parts),
      load.then(() => Promise.reject(new Error('The load has ended'))),
    ])
    console.log(
      `${name}: ${Math.round((performance.now() - from) / 1000)} s, done at ${new Date().toISOString()}`,
    )
  }
  isOver = true
  await load
  await settleAll({ ...parts, clients })
  await watch.stop()
  await watching

  const { findings, counts } = audit(
    told,
    await readHeld({
      database,
      redis,
      watched: watch.watched,
      messages: product.mailbox.messages(),
      logs: [...product.apis, ...product.workers].map((each) => each.readLogs()).join(''),
    }),
  )
  for (const [name, count] of Object.entries(counts)) console.log(`${String(count).padStart(7)}  ${name}`)
  for (const { name, tookMs } of told.restarts)
    console.log(`${String(tookMs).padStart(7)}  ms for ${name} to end`)
  return findings
})
