import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorCode } from './platform/graphql/errorCode.ts'
import { idempotencyProblem } from './platform/graphql/idempotency/idempotencyProblem.ts'
import { ForKeys } from './platform/graphql/key-access/forKeys.ts'
import { rateLimited } from './platform/graphql/rateLimited.ts'
import { BODY_MAX_BYTES } from './platform/http/createHttpServer.ts'
import { createApiKey } from './testing/createApiKey.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'

@Resolver()
class FailingResolver {
  @ForKeys('ANY')
  @Query(() => Boolean, { description: 'Never answers.' })
  stuck(): Promise<boolean> {
    return new Promise(() => undefined)
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { description: 'Has a bug, and may not be null.' })
  bug(): boolean {
    throw new TypeError('x')
  }
}

let api: TestApi
let person: TestUser
let reader: string
beforeAll(async () => {
  api = await createTestApi({ extraResolvers: [FailingResolver], operationTimeoutMs: 1_500 })
  person = await createUser(api)
  reader = (await createApiKey(api, person, { scopes: ['SESSIONS_READ'] })).token
})
afterAll(() => api.close())

const JSON_TYPE = { 'content-type': 'application/json' }

async function send(path: string, init: RequestInit): Promise<Told> {
  const response = await fetch(`${api.url}${path}`, init)
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] }
  return [errors?.[0]?.extensions.code, response.status]
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  send('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) })
const told = ({ extensions }: { extensions: Record<string, unknown> }): Promise<Told> =>
  Promise.resolve([String(extensions['code']), (extensions['http'] as { status: number }).status])
const as = (token: string) => ({ authorization: `Bearer ${token}` })

type Told = [code: string | undefined, status: number]

async function useKeyTwice(): Promise<Told> {
  const headers = { ...as(person.token), 'idempotency-key': 'for-one-thing' }
  const rename = (name: string) =>
    post({ query: `mutation { updateProfile(input: { name: "${name}" }) { userErrors { code } } }` }, headers)
  await rename('Anna')
  return rename('Bo')
}

/** How each comes about. Those that need a break of something else are made where they are thrown; other tests break it. */
const PROVOKED: Record<ErrorCode, () => Promise<Told>> = {
  BAD_REQUEST: () => post([{ query: '{ me { id } }' }]),
  METHOD_NOT_ALLOWED: () => send('/graphql', { method: 'PUT' }),
  NOT_ACCEPTABLE: () => post({ query: '{ me { id } }' }, { accept: 'text/csv' }),
  PAYLOAD_TOO_LARGE: () => post({ query: 'x'.repeat(BODY_MAX_BYTES + 1) }),
  UNSUPPORTED_MEDIA_TYPE: () =>
    send('/graphql', { method: 'POST', body: new URLSearchParams({ query: '{ me { id } }' }) }),
  UNKNOWN_DOCUMENT: () => post({ documentId: `sha256:${'0'.repeat(64)}` }),
  GRAPHQL_PARSE_FAILED: () => post({ query: '{' }),
  GRAPHQL_VALIDATION_FAILED: () => post({ query: '{ nothing }' }),
  BAD_USER_INPUT: () => post({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: {} }),
  UNAUTHENTICATED: () => post({ query: '{ me { id } }' }, as('wsk_wrong')),
  REAUTHENTICATION_REQUIRED: () => send('/export/account.json', { headers: as(person.token) }),
  FORBIDDEN: () => post({ query: '{ me { email } }' }, as(reader)),
  NOT_FOUND: () => send('/nothing', { headers: JSON_TYPE }),
  CONFLICT: useKeyTwice,
  IN_PROGRESS: () => told(idempotencyProblem('running')),
  OUTCOME_UNKNOWN: () => told(idempotencyProblem('lost')),
  RATE_LIMITED: () => told(rateLimited('Slow down.', 1)),
  TIMEOUT: () => post({ query: '{ stuck }' }),
  SERVICE_UNAVAILABLE: () => told(idempotencyProblem('away')),
  INTERNAL_SERVER_ERROR: () => post({ query: '{ bug }' }),
}

const page = readFileSync(new URL('../../../docs/partners/errors.md', import.meta.url), 'utf8')

test.each(Object.entries(PROVOKED))(
  '%s comes with the status that docs/partners/errors.md tells',
  async (code, provoke) => {
    const [, status] = new RegExp(`^\\| \`${code}\` +\\| (\\d+)`, 'm').exec(page) ?? []
    expect(await provoke()).toEqual([code, Number(status)])
  },
)
