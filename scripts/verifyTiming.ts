import { randomBytes, randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Client } from 'pg'
import { hashToken } from './fuzz/hashToken.ts'
import { findPrograms } from './product/findPrograms.ts'
import { runToEnd } from './product/runToEnd.ts'
import { startTestProduct } from './product/startTestProduct.ts'

/** Pairs of a known and an unknown address; an account has five free tries, so there are as many accounts as that takes. */
const PAIRS = 200
const TRIES_PER_ADDRESS = 5
const WARM_UP_PAIRS = 20
const ADDRESSES = (PAIRS + WARM_UP_PAIRS) / TRIES_PER_ADDRESS
const TOLERANCE = 0.05
const ME_SAMPLES = 400
const SIGN_INS_AT_ONCE = 4
const ME_P99_RATIO_MAX = 3

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }'
const SIGN_UP =
  'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code } } }'

const ASK_FOR_RESET =
  'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }'
const RESET =
  'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }'
const CHANGE_EMAIL =
  'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { userErrors { code } } }'

const product = await startTestProduct({ LOG_LEVEL: 'error', RATE_LIMIT_FACTOR: '1000' })
let failed = false
try {
  const { API_URL = '', DATABASE_URL } = product.addresses
  const secret = product.apiEnv['WEB_API_SECRET'] ?? ''
  const known = await makeUsers(DATABASE_URL)
  const addresses = { known, unknown: known.map(() => `nobody-${randomUUID()}@example.com`) }
  const askers = await makeLogins(DATABASE_URL)
  const links = { used: await makeUsedLinks(DATABASE_URL), unknown: known.map(makeToken) }

  /** Each request comes from an address of its own, as far as the throttles see. */
  const send = async (
    query: string,
    input: object,
    token?: string,
  ): Promise<{ milliseconds: number; text: string }> => {
    const startedAt = performance.now()
    const response = await fetch(`${API_URL}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-web-api-secret': secret,
        'x-client-address': `10.${octet()}.${octet()}.${octet()}`,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables: { input } }),
    })
    const text = await response.text()
    return { milliseconds: performance.now() - startedAt, text }
  }
  /** @param subjects of two kinds, which nobody may tell apart. */
  const compare = async (
    name: string,
    subjects: Record<string, string[]>,
    ask: (subject: string) => ReturnType<typeof send>,
    expected: string,
  ) => {
    const kinds = Object.entries(subjects).map(([kind, values]) => ({ kind, values, times: [] as number[] }))
    for (let i = -WARM_UP_PAIRS; i < PAIRS; i += 1) {
      const index = Math.floor((i + WARM_UP_PAIRS) / TRIES_PER_ADDRESS)
      // Which comes first changes by chance: what one request leaves behind must not always meet the same other.
      for (const { values, times } of Math.random() < 0.5 ? kinds : kinds.toReversed()) {
        const { milliseconds, text } = await ask(values[index] ?? '')
        if (!text.includes(expected)) throw new Error(`${name} was answered with ${text}`)
        if (i >= 0) times.push(milliseconds)
      }
    }
    const medians = kinds.map(({ kind, times }) => ({ kind, median: quantile(times, 0.5) }))
    const [first, second] = medians.map(({ median }) => median)
    report(
      `${name}: ${medians.map(({ kind, median }) => `${kind} ${median.toFixed(2)} ms`).join(', ')}`,
      (first ?? Number.NaN) / (second ?? Number.NaN),
      { least: 1 - TOLERANCE, most: 1 + TOLERANCE },
    )
  }
  await compare(
    'a refused sign-in',
    addresses,
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
  await compare('a sign-in after too many', addresses, signInThrottled, 'TOO_MANY_ATTEMPTS')
  await compare('asking for a sign-up', addresses, (email) => send(SIGN_UP, { email }), '"userErrors":[]')
  // By now each address has had its mails of the hour.
  await compare(
    'asking for a sign-up too often',
    addresses,
    (email) => send(SIGN_UP, { email }),
    '"userErrors":[]',
  )
  await compare('asking for a reset', addresses, (email) => send(ASK_FOR_RESET, { email }), '"userErrors":[]')
  await compare(
    'asking for a reset too often',
    addresses,
    (email) => send(ASK_FOR_RESET, { email }),
    '"userErrors":[]',
  )
  const password = `a quiet morning ${randomUUID()}`
  await compare(
    'a reset by a link that is void',
    links,
    (token) => send(RESET, { token, password }),
    'INVALID_TOKEN',
  )
  let asked = 0
  const askForAddress = (newEmail: string) => {
    const token = askers[Math.floor(asked / TRIES_PER_ADDRESS)]
    asked += 1
    return send(CHANGE_EMAIL, { newEmail }, token)
  }
  await compare('asking for another address', addresses, askForAddress, '"userErrors":[]')

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
  const { demo } = findPrograms('production')
  const env = { ...product.apiEnv, DEMO_EMAIL: 'demo@example.com', DEMO_PASSWORD: randomUUID() }
  await runToEnd({ name: 'Making a user', ...demo, env, signal: new AbortController().signal })
  const emails = Array.from({ length: ADDRESSES }, () => `somebody-${randomUUID()}@example.com`)
  await query(
    databaseUrl,
    'insert into users (id, email, password_hash) select gen_random_uuid(), e, password_hash from users, unnest($1::text[]) e',
    [emails],
  )
  return emails
}

/** Tokens of people who proved themselves, for as long as the run takes; so many that none asks too often. */
async function makeLogins(databaseUrl: string): Promise<string[]> {
  const tokens = Array.from({ length: 2 * ADDRESSES }, makeToken)
  await query(
    databaseUrl,
    `with asker as (
      insert into users (id, email) select gen_random_uuid(), left(hash, 32) || '@example.com' from unnest($1::text[]) hash
      returning id, email, auth_epoch)
    insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, expires_at, confirmed_at)
    select gen_random_uuid(), a.id, decode(hash, 'hex'), a.auth_epoch, now(), now(), now() + interval '1 day',
      now() + interval '1 hour'
    from asker a join unnest($1::text[]) hash on a.email = left(hash, 32) || '@example.com'`,
    [tokens.map(hashToken)],
  )
  return tokens
}

/** Tokens of links that somebody here used. */
async function makeUsedLinks(databaseUrl: string): Promise<string[]> {
  const tokens = Array.from({ length: ADDRESSES }, makeToken)
  await query(
    databaseUrl,
    `insert into one_time_tokens (id, purpose, token_hash, email, user_id, auth_epoch, created_at, expires_at, used_at)
    select gen_random_uuid(), 'PASSWORD_RESET', decode(hash, 'hex'), u.email, u.id, u.auth_epoch, now(),
      now() + interval '1 hour', now()
    from unnest($1::text[]) hash, (select * from users limit 1) u`,
    [tokens.map(hashToken)],
  )
  return tokens
}

async function query(databaseUrl: string, sql: string, values: unknown[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(sql, values).finally(() => client.end())
}

function makeToken(): string {
  return randomBytes(32).toString('base64url')
}

function octet(): number {
  return Math.floor(Math.random() * 256)
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}
