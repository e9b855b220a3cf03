import { cpus } from 'node:os'
import { publicId } from '@wellness/domain/publicId'
import { benchRequests, type Credential } from './bench/benchRequests.ts'
import { compare, type Ratio, type Side } from './bench/compare.ts'
import { generateLoad } from './bench/loadGenerator.ts'
import { makeKeys } from './bench/makeKeys.ts'
import { moveToLoadCore } from './bench/pinnedProcess.ts'
import { FIRST_LIVE_USER, SESSIONS, tokenOf, USERS } from './bench/seedBench.ts'
import { startBenchTargets, type BenchTargets } from './bench/startBenchTargets.ts'
import { buildProduct } from './product/buildProduct.ts'

/**
 * What the product costs: requests per second of the server's processor time, as ratios to a bare server that does the
 * same work over the same stores in the same run. `npm run bench -- me beat` measures some of the rows only.
 */
const TURNS = 5
const CONNECTIONS = 16
const SIGN_INS_AT_ONCE = 4
const ME_SAMPLE_MS = 6_000
const STARTS = 5
const BEATING_USERS = 512
const KEYED_USERS = 256
const GREEDY_CONNECTIONS = 8
const MISSED = 'MISSED'

if (cpus().length < 2) throw new Error('The bench needs two processors: one for the server, one for the load')
const wanted = process.argv.slice(2)
await buildProduct(console.log)
moveToLoadCore()
console.log(`Seeding ${USERS} users and ${SESSIONS} sessions`)
const targets = await startBenchTargets()
try {
  const rows = rowsOf(targets)
  for (const [name, measure] of Object.entries(rows)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const measured = await measure()
    console.log(`${name.padEnd(13)} ${measured}`)
    if (measured.endsWith(MISSED)) process.exitCode = 1
  }
} finally {
  await targets.stop()
}

function rowsOf({
  api,
  bare,
  limited,
  web,
  webHost,
  database,
  password,
  webApiSecret,
  timeStart,
}: BenchTargets) {
  const side = (
    { pid, port }: { pid: number; port: number },
    next: Side['load']['next'],
    { connections = CONNECTIONS, prepare }: { connections?: number; prepare?: () => Promise<void> } = {},
  ): Side => ({ pid, load: { port, connections, next }, ...(prepare && { prepare }) })
  const against = async (limits: Limits, product: Side, other: Side) =>
    verdict(await compare(product, other, TURNS), limits)

  /** As a checkpoint leaves them: beats are for Redis alone. */
  const freshenRecords = async () =>
    void (await database.query('update session_metadata set last_seen_at = now() where ended_at is null'))
  const endAll = async () =>
    void (await database.query(
      `update session_metadata s set ended_at = greatest(now(), started_at), status = 'COMPLETED', duration_seconds = 0
      from users u where s.ended_at is null and u.id = s.user_id and split_part(split_part(u.email, '@', 1), '-', 2)::int < $1`,
      [FIRST_LIVE_USER],
    ))
  const signIns = side(api, benchRequests.signIn(password, webApiSecret), { connections: SIGN_INS_AT_ONCE })

  return {
    me: () =>
      against({ least: 0.45, aim: 0.77 }, side(api, benchRequests.me()), side(bare, benchRequests.bareMe())),

    async beat() {
      const live = await readLive()
      const published = live.map(({ user, id }) => ({ user, id: publicId.from('session', id) }))
      const prepare = freshenRecords
      return against(
        { least: 0.4, aim: 0.65 },
        side(api, benchRequests.beat(published), { prepare }),
        side(bare, benchRequests.bareBeat(live), { prepare }),
      )
    },

    'start-end': () =>
      against(
        { least: 0.4, aim: 0.72 },
        side(api, benchRequests.startAndEnd(), { prepare: endAll }),
        side(bare, benchRequests.bareStartAndEnd(), { prepare: endAll }),
      ),

    page: () =>
      against(
        { least: 0.5, aim: 0.88 },
        side(api, benchRequests.page(null)),
        side(bare, benchRequests.barePage(['infinity', '00000000-0000-0000-0000-000000000000'])),
      ),

    async deep() {
      const cursor = await readDeepCursor()
      return verdict(
        await compare(
          side(api, benchRequests.page(cursor, 0)),
          side(api, benchRequests.page(null, 0)),
          TURNS,
        ),
        { least: 1 / 1.1, aim: 1 },
      )
    },

    async history() {
      await assertSameList()
      return against(
        { least: 0.4, aim: 0.6 },
        side(web, benchRequests.history(webHost)),
        side(bare, benchRequests.bareHistory()),
      )
    },

    'sign-in': () =>
      against(
        { least: 0.55, aim: 0.7 },
        signIns,
        side(bare, benchRequests.bareSignIn(password), { connections: SIGN_INS_AT_ONCE }),
      ),

    async p99() {
      const me = { ...side(api, benchRequests.me(), { connections: 1 }).load, durationMs: ME_SAMPLE_MS }
      return besides(
        async () => quantile((await generateLoad(me)).durationsMs, 0.99),
        () => generateLoad({ ...signIns.load, durationMs: ME_SAMPLE_MS }),
        { most: 3, aim: 2 },
      )
    },

    ...byKey(),

    /** One key asks without end on all its connections, and is refused; many others ask as they always do. */
    async greedy() {
      const byGreed = await makeKeys(limited.port, database, [1])
      const greed = {
        port: limited.port,
        connections: GREEDY_CONNECTIONS,
        next: benchRequests.me(byGreed, 1),
        isGreedy: true,
      }
      const quiet = Array.from({ length: KEYED_USERS }, (_, index) => index + 2)
      const byQuiet = await makeKeys(limited.port, database, quiet)
      const me = {
        port: limited.port,
        connections: 1,
        next: benchRequests.me((user) => byQuiet(user + 1), KEYED_USERS),
        durationMs: ME_SAMPLE_MS,
      }
      await generateLoad({ ...greed, durationMs: ME_SAMPLE_MS })
      return besides(
        async () => quantile((await generateLoad(me)).durationsMs, 0.99),
        () => generateLoad({ ...greed, durationMs: ME_SAMPLE_MS }),
        { most: 2, aim: 2 },
      )
    },

    async start() {
      const seconds: number[] = []
      for (let index = 0; index < STARTS; index += 1) seconds.push((await timeStart()) / 1_000)
      seconds.sort((a, b) => a - b)
      const median = seconds[Math.floor(STARTS / 2)] ?? 0
      return `${seconds.map((value) => value.toFixed(2)).join(' ')} s   at most 2, aim 1: ${median <= 2 ? 'ok' : MISSED}`
    },
  }

  /** Whoever renders less is no measure. Ids have another form here and there. */
  async function assertSameList(): Promise<void> {
    const listOf = async (address: string, headers: Record<string, string>) => {
      const text = await (await fetch(address, { headers })).text()
      return /<section[^]*<\/section>/.exec(text)?.[0].replaceAll(/href="[^"]*"/g, '')
    }
    const token = tokenOf(1)
    const ours = await listOf(`http://${webHost}/history`, { cookie: `login=${token}`, accept: 'text/html' })
    const bares = await listOf(`http://127.0.0.1:${bare.port}/history`, { authorization: `Bearer ${token}` })
    if (!ours || ours !== bares) throw new Error(`The bare server lists something else:\n${ours}\n${bares}`)
  }

  /** The same work with the limits and scopes of an API key. */
  function byKey() {
    const keyed = Array.from({ length: KEYED_USERS }, (_, index) => index + 1)
    let keys: Promise<Credential> | undefined
    const by = () =>
      (keys ??= readLive(KEYED_USERS).then((live) =>
        makeKeys(api.port, database, [...keyed, ...live.map(({ user }) => user)]),
      ))
    return {
      'me-key': async () =>
        against(
          { least: 0.45, aim: 0.77 },
          side(api, benchRequests.me(await by(), KEYED_USERS)),
          side(bare, benchRequests.bareMe()),
        ),
      'beat-key': async () => {
        const credential = await by()
        const live = await readLive(KEYED_USERS)
        const published = live.map(({ user, id }) => ({ user, id: publicId.from('session', id) }))
        return against(
          { least: 0.4, aim: 0.65 },
          side(api, benchRequests.beat(published, credential), { prepare: freshenRecords }),
          side(bare, benchRequests.bareBeat(live), { prepare: freshenRecords }),
        )
      },
      'start-end-key': async () =>
        against(
          { least: 0.4, aim: 0.72 },
          side(api, benchRequests.startAndEnd(await by(), KEYED_USERS), { prepare: endAll }),
          side(bare, benchRequests.bareStartAndEnd(), { prepare: endAll }),
        ),
      'page-key': async () =>
        against(
          { least: 0.5, aim: 0.88 },
          side(api, benchRequests.pageBy(await by(), KEYED_USERS)),
          side(bare, benchRequests.barePage(['infinity', '00000000-0000-0000-0000-000000000000'])),
        ),
    }
  }

  async function readLive(count = BEATING_USERS): Promise<{ user: number; id: string }[]> {
    const { rows } = await database.query<{ email: string; id: string }>(
      `select u.email, s.id from session_metadata s join users u on u.id = s.user_id where s.ended_at is null order by u.id limit $1`,
      [count],
    )
    return rows.map(({ email, id }) => ({ user: Number(/\d+/.exec(email)?.[0]), id }))
  }

  /** Of the place 10,000 deep in the history of the first user, by going there. */
  async function readDeepCursor(): Promise<string> {
    const query =
      'query ($after: String) { me { sessions(first: 100, after: $after) { pageInfo { endCursor } } } }'
    let after: string | null = null
    for (let page = 0; page < 100; page += 1) {
      const response = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(0)}` },
        body: JSON.stringify({ query, variables: { after } }),
      })
      const { data } = (await response.json()) as {
        data: { me: { sessions: { pageInfo: { endCursor: string } } } }
      }
      after = data.me.sessions.pageInfo.endCursor
    }
    return after ?? ''
  }
}

/** What a sample is beside other work, to what it is without; in turns. */
async function besides(
  sample: () => Promise<number>,
  work: () => Promise<unknown>,
  { most, aim }: { most: number; aim: number },
): Promise<string> {
  const ratios: number[] = []
  for (let index = 0; index < 3; index += 1) {
    const alone = await sample()
    const busy = work()
    ratios.push((await sample()) / alone)
    await busy
  }
  ratios.sort((a, b) => a - b)
  const [min = 0, median = 0, max = 0] = ratios
  const result = median <= aim ? 'aim met' : median <= most ? 'ok' : MISSED
  return `${describe({ min, median, max })}   at most ${most}, aim ${aim}: ${result}`
}

interface Limits {
  least: number
  aim: number
}

function verdict(ratio: Ratio, { least, aim }: Limits): string {
  const result = ratio.median >= aim ? 'aim met' : ratio.median >= least ? 'ok' : MISSED
  return `${describe(ratio)}   at least ${least.toFixed(2)}, aim ${aim.toFixed(2)}: ${result}`
}

function describe({ min, median, max }: Ratio): string {
  return `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}
