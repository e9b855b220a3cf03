import { readFileSync } from 'node:fs'
import {
  API_KEYS_MAX,
  NODES_MAX,
  PAGE_SIZE_MAX,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from '@wellness/domain/limits'
import { scopes } from '@wellness/domain/scope'
import {
  BEAT_INTERVAL_SECONDS,
  MAX_SESSION_SECONDS,
  SESSION_TTL_SECONDS,
} from '@wellness/domain/sessionTiming'
import { DAY, HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import { expect, test } from 'vitest'
import { OPERATION_TIMEOUT_MS } from './app.ts'
import { LOGIN_ABSOLUTE_MS, LOGIN_IDLE_MS } from './modules/identity/logins/login.repository.ts'
import { PURPOSES } from './modules/identity/one-time-tokens/oneTimeToken.repository.ts'
import { RECENT_PROOF_MS } from './modules/identity/recent-proof/recentProof.ts'
import { throttleLimits } from './modules/identity/throttles/throttleLimits.ts'
import { documentLimits } from './platform/graphql/createApolloServer.ts'
import {
  BYTES_A_DAY_MAX,
  KEPT_MS,
  KEYS_A_DAY_MAX,
  RECORD_BYTES,
} from './platform/graphql/idempotency/keptAnswers.ts'
import { readIdempotencyKey } from './platform/graphql/idempotency/readIdempotencyKey.ts'
import {
  KEPT_LENGTH_MAX,
  KEPT_POINTS_MAX,
  OPERATION_POINTS_MAX,
  pointsOf,
} from './platform/graphql/limits/costLimits.ts'
import { DOCUMENT_MAX_BYTES } from './platform/graphql/readGraphqlRequest.ts'
import { ERRORS_MAX } from './platform/graphql/translateErrors.ts'
import { BODY_MAX_BYTES } from './platform/http/createHttpServer.ts'

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const word = (count: number): string => WORDS[count] ?? String(count)
const text = (count: number): string => count.toLocaleString('en')
/** As somebody says it: an hour, and not one. */
const time = (ms: number, unit: number, name: string): string =>
  ms === unit ? `a${name.startsWith('h') ? 'n' : ''} ${name}` : `${word(ms / unit)} ${name}s`

const { signInsPerAddress, signInsPerClient, signUpsPerClient, exportsPerUser, apiKeysPerUser } =
  throttleLimits
const proof = `${word(RECENT_PROOF_MS / MINUTE)} minutes`
const passwords = [`${PASSWORD_MIN_LENGTH}`, `${PASSWORD_MAX_LENGTH}`] as const

/** Each number of a page as it stands there, made of the one in the code. */
const claims: Record<string, string[]> = {
  'authentication.md': [
    `Up to ${API_KEYS_MAX} of them`,
    `ends ${LOGIN_ABSOLUTE_MS / DAY} days after the sign-in at the latest and ${LOGIN_IDLE_MS / DAY} days after its last use`,
    `works for ${proof} after a sign-in`,
    // What the tests of logins and of keys see.
    'with HTTP 401',
    'answered with 401',
  ],
  'idempotency.md': [
    `the same key, within ${KEPT_MS / HOUR} hours`,
    `of at most ${KEPT_POINTS_MAX} points`,
    `A credential may use ${text(KEYS_A_DAY_MAX)} keys a day`,
    `a person keeps ${BYTES_A_DAY_MAX / 1e6} MB a day, whatever they came with, ${RECORD_BYTES} bytes a key`,
    `of more than ${text(KEPT_LENGTH_MAX)} characters`,
    'a text of 8 to 128 visible ASCII characters',
    'of one mutation with one field',
    'CONFLICT, 409',
    'IN_PROGRESS, 409',
    'OUTCOME_UNKNOWN, 409',
  ],
  'errors.md': [
    `at most ${word(ERRORS_MAX)} are told`,
    `a document beyond ${Math.floor(DOCUMENT_MAX_BYTES / 1024)} kB`,
    `the body has more than ${BODY_MAX_BYTES / 1000} kB`,
    `or has more than ${text(documentLimits.tokens)} tokens`,
    `the operation costs more than ${text(OPERATION_POINTS_MAX)} points`,
    `more than ${proof} after the last proof`,
    `it took more than ${OPERATION_TIMEOUT_MS / SECOND} seconds`,
    `Limits of a document: ${Math.floor(DOCUMENT_MAX_BYTES / 1024)} kB, ${text(documentLimits.tokens)} tokens, ${documentLimits.aliases} aliases, depth ${documentLimits.depth} (${documentLimits.introspectionDepth} below introspection), ${documentLimits.directives} directives, one operation a request, one mutation that checks a credential, ${NODES_MAX} ids in \`nodes\``,
    `such as ${API_KEYS_MAX} API keys`,
    `older than ${time(PURPOSES.SIGN_UP.lifetimeMs, HOUR, 'hour')}`,
    `more than ${proof} since the last proof of identity`,
    `fewer than ${passwords[0]} characters`,
    `more than ${passwords[1]} characters`,
    `${word(signInsPerAddress.freeTries)} free tries an account`,
    `double from ${signInsPerAddress.firstDelaySeconds} seconds to ${(signInsPerAddress.maxDelaySeconds * SECOND) / MINUTE} minutes`,
    `${signInsPerClient.points} failures and ${signUpsPerClient.points} sign-up mails an hour`,
    `may make ${apiKeysPerUser.points} API keys an hour`,
    'send one operation as JSON',
    'two kinds',
    'with HTTP 200',
  ],
  'sessions.md': [
    `About once a minute`,
    `lapses ${time(SESSION_TTL_SECONDS * SECOND, HOUR, 'hour')} after its last refresh`,
    `lasts ${(MAX_SESSION_SECONDS * SECOND) / MINUTE} minutes at most`,
    'at most one live session',
  ],
  'paging.md': [
    `from 1 to ${PAGE_SIZE_MAX}`,
    'somebody with 120 sessions',
    'filter: { from: "2026-11-01", to: "2026-11-30" }',
  ],
  'accounts.md': [
    `a password of ${passwords[0]} to ${passwords[1]} characters`,
    `within ${proof} of a sign-in`,
    `after ${word(exportsPerUser.points)} copies in an hour`,
    `a copy costs ${pointsOf.accountCopy}`,
    '401, 403 REAUTHENTICATION_REQUIRED, 429 with Retry-After',
  ],
}

/** A number, in digits or in a word; what is said of one thing is mostly no number. */
const NUMBER =
  /\b(\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|hundred|once a minute|an hour|a minute)\b/gi

function proseOf(page: string): string {
  return (
    readFileSync(new URL(`../../../docs/partners/${page}`, import.meta.url), 'utf8')
      .replaceAll(/^```.*?^```$/gms, '')
      // Where links lead.
      .replaceAll(/\]\([^)]*\)/g, ']')
      .replaceAll(/\s+/g, ' ')
  )
}

test.each(Object.entries(claims))(
  'every number in the prose of docs/partners/%s is the code’s',
  (page, told) => {
    const prose = proseOf(page)
    expect(told.filter((claim) => !prose.includes(claim))).toEqual([])
    // Statuses of errors stand in a table of their own, whose rows are compared below.
    const rest = told
      .reduce((left, claim) => left.replaceAll(claim, '…'), prose)
      .replaceAll(/\| \d{3}(, or 200 for a field)? +\|/g, '|')
    expect(rest.match(NUMBER) ?? []).toEqual([])
  },
)

test('an Idempotency-Key is as long as the page says', () => {
  const read = (length: number) => readIdempotencyKey({ 'idempotency-key': 'k'.repeat(length) })
  expect([read(8), read(128)].map((key) => key?.length)).toEqual([8, 128])
  expect(() => read(7)).toThrow()
  expect(() => read(129)).toThrow()
})

test('sessions are to be refreshed as often as the page says', () => {
  expect(BEAT_INTERVAL_SECONDS * SECOND).toBe(MINUTE)
})

test('the page of authentication tells every scope that there is, and no other', () => {
  const told = [...proseOf('authentication.md').matchAll(/\| `([A-Z_]+)` +\|/g)].map(([, scope]) => scope)
  expect(told).toEqual(Object.keys(scopes))
})
