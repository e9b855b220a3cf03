import { Agent } from 'node:http'
import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startMailbox } from '@wellness/embedded/mailbox'
import { Redis } from 'ioredis'
import pg from 'pg'
import { ApiCaller } from './load/apiCaller.ts'
import { makePeople } from './load/makePeople.ts'
import { runVerification } from './load/runVerification.ts'
import { startTestProduct } from './product/startTestProduct.ts'
import { judgeGrowth, type Growth } from './soak/judgeGrowth.ts'
import { judgeLeftovers, readLeftovers } from './soak/judgeLeftovers.ts'
import { soakPerson } from './soak/soakPerson.ts'
import type { SoakSample } from './soak/soakSample.ts'
import { SoakSampler } from './soak/soakSampler.ts'
import { soakSignUps } from './soak/soakSignUps.ts'
import type { SoakTally } from './soak/soakTally.ts'

const PEOPLE = 40
const SAMPLE_PAUSE_MS = 10_000
const MIN_MINUTES = 2
const FAILURES_SHOWN = 10

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const minutes = Number(values.minutes)
if (!(minutes >= MIN_MINUTES)) {
  console.error(
    `--minutes has to be ${MIN_MINUTES} at least: in less time nothing can be told from the warm-up`,
  )
  process.exit(2)
}

await runVerification((minutes + 5) * 60_000, async (started) => {
  const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0 })
  started.defer(() => mailbox.stop())
  // The inspector is how the live heap is read; nothing else differs from how the product runs elsewhere.
  const product = await startTestProduct({
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
    SMTP_URL: mailbox.smtpUrl,
    RATE_LIMIT_FACTOR: '1000',
  })
  started.defer(() => product.stop())
  const { API_URL, AUTH_URL, DATABASE_URL, REDIS_URL } = product.addresses
  const webUrl = `http://127.0.0.1:${product.apiEnv['WEB_PORT']}`
  const people = await makePeople(PEOPLE, DATABASE_URL, product.apiEnv)
  const database = new pg.Pool({ connectionString: DATABASE_URL, max: 1 })
  started.defer(() => database.end())
  const redis = new Redis(REDIS_URL)
  started.defer(() => redis.disconnect())
  const caller = new ApiCaller([API_URL], product.apiEnv['WEB_API_SECRET'] ?? '')
  started.defer(() => caller.close())
  const agent = new Agent({ keepAlive: true })
  started.defer(() => agent.destroy())
  const { api = 0, worker = 0, web = 0 } = product.pids
  const sampler = await SoakSampler.open({
    pids: { api, worker, web },
    urls: { api: API_URL, web: webUrl },
    database,
    redis,
  })
  console.log(`${minutes} minutes on ${cpus().length} processors, Node ${process.version}`)

  const before = await readLeftovers(database, redis)
  const tally: SoakTally = {
    signIns: 0,
    signOuts: 0,
    starts: 0,
    beats: 0,
    ends: 0,
    reads: 0,
    pages: 0,
    signUps: 0,
    completions: 0,
    failures: [],
  }
  let isOver = false
  const parts = { caller, webUrl, webHost: new URL(AUTH_URL).host, agent, tally, isOver: () => isOver }
  const load = Promise.all([
    ...people.map((person) => soakPerson(person, parts)),
    soakSignUps(mailbox, parts),
  ])
  const samples: SoakSample[] = []
  const until = performance.now() + minutes * 60_000
  while (performance.now() < until) {
    // What the load throws is thrown here, and a process that ends ends the run.
    const death = await Promise.race([delay(SAMPLE_PAUSE_MS), product.failed, load])
    if (typeof death === 'string') throw new Error(death)
    samples.push(await sampler.take())
  }
  isOver = true
  await load
  await sampler.close()

  const { failures, ...counts } = tally
  const requests = Object.values(counts).reduce((sum, count) => sum + count, 0)
  console.log(
    `${requests} requests, ${Math.round(requests / (minutes * 60))} a second: ${JSON.stringify(counts)}`,
  )
  const growth = judgeGrowth(samples)
  for (const each of growth) console.log(describe(each))
  const after = await readLeftovers(database, redis)
  console.log(`before ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`)
  return [
    ...failures.slice(0, FAILURES_SHOWN).map((failure) => `a request failed: ${failure}`),
    ...growth.filter(hasGrown).map((each) => `${each.name} has grown: ${describe(each)}`),
    ...judgeLeftovers(before, after, tally, PEOPLE),
  ]
})

/** What could not be measured does not hold either. */
function hasGrown({ last, allowed }: Growth): boolean {
  return !(last <= allowed)
}

function describe({ name, first, last, allowed, unit }: Growth): string {
  const show = (value: number): string => value.toFixed(unit === '' ? 0 : 1).padStart(8)
  return `${name.padEnd(32)}${show(first)} →${show(last)}  at most${show(allowed)} ${unit}`
}
