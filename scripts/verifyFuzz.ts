import { readFileSync, statSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildSchema } from 'graphql'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { readAccount } from './fuzz/account.ts'
import { Actor } from './fuzz/actor.ts'
import { apiRequests } from './fuzz/apiRequests.ts'
import { DataAudit, readUntouched } from './fuzz/auditData.ts'
import { auditLogs } from './fuzz/auditLogs.ts'
import { readFuzzSettings } from './fuzz/readFuzzSettings.ts'
import { LeakFinder } from './fuzz/findLeaks.ts'
import { FuzzLane } from './fuzz/fuzzLane.ts'
import { type Finding, hunt } from './fuzz/hunt.ts'
import { Ledger } from './fuzz/ledger.ts'
import { lookAt } from './fuzz/lookAt.ts'
import { MailedLinks } from './fuzz/mailedLinks.ts'
import { MemoryWatch } from './fuzz/memoryWatch.ts'
import { MutationPlanner } from './fuzz/planMutations.ts'
import { SlowAnswers } from './fuzz/slowAnswers.ts'
import { Tally } from './fuzz/tally.ts'
import { toCurl } from './fuzz/toCurl.ts'
import { webRequests } from './fuzz/webRequests.ts'
import { World } from './fuzz/world.ts'
import { startTestProduct } from './product/startTestProduct.ts'

const { seed: SEED, runs: RUNS } = readFuzzSettings()
/** Whatever is left then is not sent. */
const TIME_LIMIT_MS = 9 * 60_000
const API_LANES = 5
const WEB_LANES = 3
/** Pages cost more than answers of the API. */
const WEB_SHARE = 0.3
const LATE_SHARE_MAX = 0.001
/** By so many requests each mutation was carried out, or the run tries less than it says. */
const RUNS_FOR_ALL = 20_000
/** Nobody can have a second factor yet. */
const NEVER = new Set(['verifySecondFactor'])
const BYSTANDERS = 4
const SIGHT_SIZE = 8
const MAIL_EVERY_MS = 3_000
const HEAP_MAX_MB = 256

const sdl = readFileSync(resolve(import.meta.dirname, '../apps/api/schema.graphql'), 'utf8')
const trusted = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../apps/api/src/trustedDocuments.json'), 'utf8'),
) as Record<string, string>
console.log(
  `FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}, on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`,
)

// The run is the proxy in front, so that throttles see many clients; and even records for debugging hold no secret.
// A small heap is collected often: left to itself it would grow with the machine, and hide what is kept for good.
const product = await startTestProduct({
  LOG_LEVEL: 'debug',
  TRUSTED_PROXIES: '127.0.0.1',
  // Whom it refuses for asking too much it learns nothing of.
  RATE_LIMIT_FACTOR: '1000',
  NODE_OPTIONS: `--max-old-space-size=${HEAP_MAX_MB}`,
})
const problems: string[] = []
let ended: string | null = null
void product.failed.then((message) => (ended = message))
const database = new Pool({ connectionString: product.addresses.DATABASE_URL, max: 2 })
try {
  await run()
} finally {
  await database.end()
  await product.stop()
}
for (const problem of problems) console.log(`FAILED ${problem}`)
console.log(
  problems.length === 0
    ? 'All of it held'
    : `${problems.length} things did not hold, at FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}`,
)
process.exit(problems.length === 0 ? 0 : 1)

async function run(): Promise<void> {
  const { API_URL, AUTH_URL } = product.addresses
  const origins = { api: API_URL, web: AUTH_URL }
  const world = new World(product, database)
  const actors = Array.from({ length: API_LANES + WEB_LANES }, (_, index) => new Actor(index))
  await world.make(product, actors, BYSTANDERS)
  const [bystander] = world.bystanders
  const stranger = await lookAt(API_URL, bystander?.token ?? '', 3)
  const actorIds = [...world.actorIds]
  const since = new Date()
  const postgresLog = join(product.logDir, 'postgres.log')
  const postgresLogStart = statSync(postgresLog).size
  const audit = new DataAudit(database)
  const before = await readUntouched(database, actorIds, since)

  const leaks = new LeakFinder(product.apiEnv)
  const ledger = new Ledger()
  const links = new MailedLinks(product.mailboxUrl ?? '', database)
  const slow = new SlowAnswers()
  const tally = new Tally(origins)
  const planner = new MutationPlanner(sdl, trusted)
  const { api, worker, web } = product.pids
  const memory = new MemoryWatch({ api: api ?? 0, worker: worker ?? 0, web: web ?? 0 })
  const mail = setInterval(() => void links.refresh().catch(() => undefined), MAIL_EVERY_MS)

  const address = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) })
  const arbitraries = { api: apiRequests(buildSchema(sdl), trusted), web: webRequests() }
  const startedAt = Date.now()
  const known = new Set<string>()
  const hunts = actors.map((actor, index): Promise<Finding[]> => {
    const target = index < API_LANES ? 'api' : 'web'
    const lane = new FuzzLane({
      actor,
      origins,
      addresses: { api: address(API_URL), web: address(AUTH_URL) },
      others: {
        otherSession: stranger.sessions[0]?.id ?? '',
        otherUser: stranger.id,
        otherEmail: bystander?.email ?? '',
        otherCursor: stranger.cursor,
        webOrigin: AUTH_URL,
        webApiSecret: product.apiEnv['WEB_API_SECRET'] ?? '',
      },
      planner,
      look: (token) => lookAt(API_URL, token, SIGHT_SIZE),
      readAccount: (actor) => readAccount(database, actor.storedId),
      equip: (actor) => world.equip(actor),
      isKnown: (email) => email === actor.email || email === bystander?.email,
      leaks,
      ledger,
      links,
      slow,
      tally,
    })
    const runs = Math.ceil(
      target === 'api' ? (RUNS * (1 - WEB_SHARE)) / API_LANES : (RUNS * WEB_SHARE) / WEB_LANES,
    )
    const until = startedAt + TIME_LIMIT_MS
    return hunt(arbitraries[target], (request) => lane.ask(request), {
      seed: SEED + index * 7_919,
      runs,
      until,
      isPointless: () => slow.isPointless,
      known,
    })
  })
  for (const { problem, request } of (await Promise.all(hunts)).flat())
    problems.push(
      `${request.target}, ${request.kind}: ${problem}\n    ${toCurl(request, origins[request.target])}`,
    )

  const seconds = (Date.now() - startedAt) / 1_000
  if (Date.now() >= startedAt + TIME_LIMIT_MS && !slow.isPointless)
    problems.push(`the time was over after ${tally.total} of ${RUNS} requests`)
  clearInterval(mail)
  await isStillServing(API_URL, AUTH_URL)
  const { lines: memoryLines, problems: memoryProblems } = memory.stop()
  problems.push(...memoryProblems)
  if (slow.lateOnce > tally.total * LATE_SHARE_MAX)
    problems.push(`${slow.lateOnce} answers took over a second, and not when asked for alone`)

  await waitForMails()
  await links.refresh()
  for (const token of links.tokens()) ledger.shownTokens.add(token)
  audit.expectUntouched(before, await readUntouched(database, actorIds, since))
  for (const actor of actors) await audit.expectActor(actor)
  await audit.expectGone(world.actorIds)
  await audit.expectOthers(ledger, links, world.actorIds, since)
  await audit.expectFailuresTold(ledger, actors)
  await audit.expectKnownTables()
  const redis = new Redis(product.addresses.REDIS_URL)
  await audit.expectBeats(redis, actors).finally(() => redis.disconnect())
  problems.push(...audit.problems)
  const logs = auditLogs(
    product.logDir,
    leaks,
    ledger.shownTokens,
    (id) => tally.requestOf(id),
    readFileSync(postgresLog).subarray(postgresLogStart).toString('utf8'),
  )
  problems.push(...logs.problems)

  const mutations = [...Object.keys(buildSchema(sdl).getMutationType()?.getFields() ?? {}), 'exportAccount']
  const carriedOut = mutations.map((field) => `${field} ${ledger.accepted.get(field) ?? 0}`)
  if (RUNS >= RUNS_FOR_ALL && !mutations.every((field) => NEVER.has(field) || ledger.accepted.get(field)))
    problems.push(`a mutation was never carried out: ${carriedOut.join(', ')}`)

  console.log(tally.table().join('\n'))
  console.log(
    `${tally.total} requests in ${seconds.toFixed(0)} s; slowest ${slow.slowestMs.toFixed(0)} ms, ${slow.slowestHashMs.toFixed(0)} ms with a password, ${slow.lateOnce} late only beside others`,
  )
  console.log(
    `${audit.compared} rows compared, ${ledger.newPeople.length} people signed up, ${logs.lines} log lines read`,
  )
  console.log(`Carried out, as answers tell: ${carriedOut.join(', ')}`)
  console.log(memoryLines.join('\n'))
}

async function isStillServing(apiUrl: string, webUrl: string): Promise<void> {
  if (ended !== null) problems.push(ended)
  for (const url of [`${apiUrl}/health/ready`, `${webUrl}/health/ready`]) {
    const status = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.status,
      () => 0,
    )
    if (status !== 200) problems.push(`${url} answers ${status} in the end`)
  }
}

/** The worker has to have sent what was asked for, before it is counted. */
async function waitForMails(): Promise<void> {
  const deadline = Date.now() + 45_000
  while (Date.now() < deadline) {
    const { rows } = await database.query('select 1 from graphile_worker.jobs limit 1')
    if (rows.length === 0) return
    await delay(200)
  }
}
