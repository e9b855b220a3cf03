import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Client } from 'pg'
import { findPrograms } from './product/findPrograms.ts'
import { runToEnd } from './product/runToEnd.ts'
import { startTestProduct } from './product/startTestProduct.ts'

/** Pairs of a known and an unknown address; an account has five free tries, so there are as many accounts as that takes. */
const PAIRS = 200
const TRIES_PER_ADDRESS = 5
const WARM_UP_PAIRS = 20
const TOLERANCE = 0.05
const ME_SAMPLES = 400
const SIGN_INS_AT_ONCE = 4
const ME_P99_RATIO_MAX = 3

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }'
const SIGN_UP =
  'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code } } }'

const RESET =
  'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }'

const product = await startTestProduct({ LOG_LEVEL: 'error' })
let failed = false
try {
  const { API_URL = '', DATABASE_URL } = product.addresses
  const secret = product.apiEnv['WEB_API_SECRET'] ?? ''
  const known = await makeUsers(DATABASE_URL)
  const unknown = known.map(() => `nobody-${randomUUID()}@example.com`)

  /** Each request comes from an address of its own, as far as the throttles see. */
  const send = async (query: string, input: object): Promise<{ milliseconds: number; text: string }> => {
    const startedAt = performance.now()
    const response = await fetch(`${API_URL}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-web-api-secret': secret,
        'x-client-address': `10.${octet()}.${octet()}.${octet()}`,
      },
      body: JSON.stringify({ query, variables: { input } }),
    })
    const text = await response.text()
    return { milliseconds: performance.now() - startedAt, text }
  }
  const compare = async (name: string, ask: (email: string) => ReturnType<typeof send>, expected: string) => {
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let i = -WARM_UP_PAIRS; i < PAIRS; i += 1) {
      const index = Math.floor((i + WARM_UP_PAIRS) / TRIES_PER_ADDRESS)
      // Which comes first changes by chance: what one request leaves behind must not always meet the same other.
      const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
      for (const kind of order) {
        const { milliseconds, text } = await ask((kind === 'known' ? known : unknown)[index] ?? '')
        if (!text.includes(expected)) throw new Error(`${name} was answered with ${text}`)
        if (i >= 0) times[kind].push(milliseconds)
      }
    }
    const [ofKnown, ofUnknown] = [quantile(times.known, 0.5), quantile(times.unknown, 0.5)]
    report(
      `${name}: known ${ofKnown.toFixed(2)} ms, unknown ${ofUnknown.toFixed(2)} ms`,
      ofKnown / ofUnknown,
      {
        least: 1 - TOLERANCE,
        most: 1 + TOLERANCE,
      },
    )
  }
  await compare(
    'a refused sign-in',
    (email) => send(SIGN_IN, { email, password: 'wrong' }),
    'INVALID_CREDENTIALS',
  )
  // Those tries were the free ones of each address; one whose wait is over since is made to wait again.
  const signInThrottled = async (email: string) => {
    for (;;) {
      const answer = await send(SIGN_IN, { email, password: 'wrong' })
      if (answer.text.includes('TOO_MANY_ATTEMPTS')) break
    }
    return send(SIGN_IN, { email, password: 'wrong' })
  }
  await compare('a sign-in after too many', signInThrottled, 'TOO_MANY_ATTEMPTS')
  await compare('asking for a sign-up', (email) => send(SIGN_UP, { email }), '"userErrors":[]')
  // By now each address has had its mails of the hour.
  await compare('asking for a sign-up too often', (email) => send(SIGN_UP, { email }), '"userErrors":[]')
  await compare('asking for a reset', (email) => send(RESET, { email }), '"userErrors":[]')
  await compare('asking for a reset too often', (email) => send(RESET, { email }), '"userErrors":[]')

  const me = async () => {
    const times: number[] = []
    for (let i = 0; i < ME_SAMPLES; i += 1) times.push((await send('{ me { id } }', {})).milliseconds)
    return quantile(times, 0.99)
  }
  const alone = await me()
  let isSigningIn = true
  const signIns = Array.from({ length: SIGN_INS_AT_ONCE }, async () => {
    while (isSigningIn)
      await send(SIGN_IN, { email: `nobody-${randomUUID()}@example.com`, password: 'wrong' })
  })
  const beside = await me()
  isSigningIn = false
  await Promise.all(signIns)
  report(
    `p99 of me: ${beside.toFixed(2)} ms beside ${SIGN_INS_AT_ONCE} sign-ins without pause, ${alone.toFixed(2)} ms alone`,
    beside / alone,
    { least: 0, most: ME_P99_RATIO_MAX },
  )
} finally {
  await product.stop()
}
process.exit(failed ? 1 : 0)

function report(text: string, ratio: number, { least, most }: { least: number; most: number }): void {
  const holds = ratio >= least && ratio <= most
  failed ||= !holds
  console.log(
    `${holds ? 'ok    ' : 'FAILED'} ${text}; ratio ${ratio.toFixed(3)}, allowed ${least} to ${most}`,
  )
}

/** Users with a hash that the product itself made: one of another key or form would be checked as no user is. */
async function makeUsers(databaseUrl: string): Promise<string[]> {
  const emails = Array.from(
    { length: (PAIRS + WARM_UP_PAIRS) / TRIES_PER_ADDRESS },
    () => `somebody-${randomUUID()}@example.com`,
  )
  const { demo } = findPrograms('production')
  const env = { ...product.apiEnv, DEMO_EMAIL: 'demo@example.com', DEMO_PASSWORD: randomUUID() }
  await runToEnd({ name: 'Making a user', ...demo, env, signal: new AbortController().signal })
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    'insert into users (id, email, password_hash) select gen_random_uuid(), e, password_hash from users, unnest($1::text[]) e',
    [emails],
  )
  await client.end()
  return emails
}

function octet(): number {
  return Math.floor(Math.random() * 256)
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}
