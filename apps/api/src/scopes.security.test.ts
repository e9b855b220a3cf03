import 'reflect-metadata'
import { type Scope, scopes as allScopes } from '@wellness/domain/scope'
import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSchema } from './schema.ts'
import { confirmLogins } from './testing/confirmLogins.ts'
import { createApiKey, type TestApiKey } from './testing/createApiKey.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'
import { findFieldDocuments } from './testing/fieldDocuments.ts'
import { openToKeys } from './testing/openToKeys.ts'
import trustedDocuments from './trustedDocuments.json' with { type: 'json' }

const SCOPES = Object.keys(allScopes) as Scope[]
const fields = findFieldDocuments(createSchema())

let api: TestApi
let ada: TestUser
let eve: TestUser
const keys = new Map<string, TestApiKey>()
const KINDS: [name: string, scopes: Scope[]][] = [
  ['no scope', []],
  ...SCOPES.map((scope): [string, Scope[]] => [scope, [scope]]),
  ...SCOPES.map((left): [string, Scope[]] => [`all but ${left}`, SCOPES.filter((scope) => scope !== left)]),
  ['every scope', SCOPES],
]
beforeAll(async () => {
  api = await createTestApi()
  ada = await createUser(api, { name: 'Ada' })
  eve = await createUser(api, { name: 'Eve' })
  await confirmLogins(api, ada.userId)
  for (const [name, scopes] of KINDS) keys.set(name, await createApiKey(api, ada, { scopes }))
  // The first use of a key is written down, which would count as a statement of the operation.
  for (const key of keys.values()) await api.request('{ __typename }', {}, key)
})
afterAll(() => api.close())

const keyWith = (name: string) => keys.get(name) as TestApiKey

async function ask(key: TestApiKey, document: string, variables = {}) {
  api.statements.length = 0
  const answer = await api.request<unknown>(document, variables, key)
  const extensions: Record<string, unknown> = answer.errors?.[0]?.extensions ?? {}
  const { code, requiredScopes, missingScopes } = extensions
  return { ...answer, code, requiredScopes, missingScopes, statements: api.statements.length }
}

/**
 * Attack: a key that was made for one thing is used for another: by its holder, or by whoever found it in a repository.
 */
describe('K8: the matrix of every field and mutation with every scope, all but each, all, and none', () => {
  test('is whole', () => {
    expect(fields.length).toBeGreaterThan(150)
    const mutations = fields.filter(({ coordinate }) => coordinate.startsWith('Mutation.'))
    expect(mutations.length).toBeGreaterThan(20)
  })

  test.each(KINDS)('a key with %s', async (name, scopes) => {
    let [allowed, refused] = [0, 0]
    for (const { coordinate, path, document } of fields) {
      const rules = path.map((step) => openToKeys[step] ?? 'NONE')
      const needed = SCOPES.filter((scope) => rules.includes(scope))
      const answer = await ask(keyWith(name), document)
      const about = `${coordinate} by ${document}`
      if (!rules.includes('NONE') && needed.every((scope) => scopes.includes(scope))) {
        allowed += 1
        expect(answer.status, about).toBe(200)
        expect(answer.code, about).not.toBe('FORBIDDEN')
        continue
      }
      refused += 1
      expect([answer.status, answer.code], about).toEqual([403, 'FORBIDDEN'])
      expect(answer.data, about).toBeUndefined()
      // Who is asking, and nothing of the operation.
      expect(answer.statements, about).toBe(1)
      expect(answer.errors, about).toHaveLength(1)
      expect(answer.requiredScopes, about).toEqual(needed)
      const missing = needed.filter((scope) => !scopes.includes(scope))
      expect(answer.missingScopes, about).toEqual(missing)
      const shut = path.filter((step) => !(step in openToKeys))
      for (const told of shut.length > 0 ? shut.slice(0, 1) : missing) {
        expect(answer.errors?.[0]?.message, about).toContain(told)
      }
    }
    expect(allowed).toBeGreaterThanOrEqual(4)
    expect(refused).toBeGreaterThan(100)
  })

  test('a login may ask for all of it', async () => {
    for (const { coordinate, document } of fields.filter(
      (field) => !field.coordinate.startsWith('Mutation.'),
    )) {
      if (!document.startsWith('query')) continue
      const answer = await api.request(document, {}, ada)
      expect([answer.status, answer.errors?.[0]?.extensions.code], coordinate).not.toContain('FORBIDDEN')
    }
  })
})

/**
 * Attack: the field that a key may not ask for is put where a careless look does not find it.
 */
describe('K8: no way of writing a document leads past the scopes', () => {
  const hidden: [string, string, object?][] = [
    ['an alias', '{ id: me { name: email } }'],
    ['a fragment', '{ me { ...F } } fragment F on User { email }'],
    ['a fragment of a fragment', '{ me { ...F } } fragment F on User { ...G } fragment G on User { email }'],
    ['a fragment at the root', '{ ...F } fragment F on Query { me { email } }'],
    ['an inline fragment', '{ me { ... { ... on User { email } } } }'],
    ['a type condition on an interface', '{ me { ... on Node { ... on User { email } } } }'],
    [
      'a type condition below node',
      'query ($id: ID!) { node(id: $id) { ... on User { email } } }',
      { id: 'x' },
    ],
    ['a type condition below nodes', '{ nodes(ids: []) { ...F } } fragment F on User { email }'],
    ['@skip(if: true)', '{ me { email @skip(if: true) } }'],
    ['@include(if: $no)', 'query ($no: Boolean!) { me { email @include(if: $no) } }', { no: false }],
    ['the second operation, which runs', 'query A { __typename } query B { me { email } }', { '': 'B' }],
    ['the way round by a session', '{ me { sessions(first: 1) { nodes { user { email } } } } }'],
    ['the answer of a mutation', 'mutation { startSession(input: {}) { session { user { email } } } }'],
  ]

  test.each(hidden)('%s', async (_where, query, variables = {}) => {
    const { '': operationName, ...rest } = variables as Record<string, string>
    const send = async (token: string) => {
      const response = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables: rest, operationName }),
      })
      return { status: response.status, text: await response.text() }
    }
    for (let again = 0; again < 2; again += 1) {
      const refused = await send(keyWith('all but PROFILE_READ').token)
      expect(refused.status).toBe(403)
      expect(refused.text).toContain('"missingScopes":["PROFILE_READ"]')
      expect(refused.text).not.toContain(ada.email)
      // The same text by another key, between: what is kept of a document is what it needs, and not who may.
      expect((await send(keyWith('every scope').token)).status).toBe(200)
    }
  })

  test('a query by GET', async () => {
    const response = await fetch(`${api.url}/graphql?query={me{email}}`, {
      headers: {
        authorization: `Bearer ${keyWith('SESSIONS_READ').token}`,
        'apollo-require-preflight': '1',
      },
    })
    expect(response.status).toBe(403)
  })

  test('of several operations only the one that runs is asked about', async () => {
    const query = 'query A { me { __typename } } query B { me { email } }'
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${keyWith('no scope').token}`,
      },
      body: JSON.stringify({ query, operationName: 'A' }),
    })
    expect(await response.json()).toMatchObject({ data: { me: { __typename: 'User' } } })
  })

  /** They are known, compiled, and run without being read: by whoever sends their hash. */
  test('a document of the web app that is asked for by its hash', async () => {
    const send = async (documentId: string, name: string) => {
      const response = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyWith(name).token}` },
        body: JSON.stringify({ documentId }),
      })
      return response.status
    }
    for (const [documentId, text] of Object.entries(trustedDocuments)) {
      expect(await send(documentId, 'no scope'), text).toBe(403)
      if (/ (query|mutation) (Logins|SignIn|DeleteUser|AccountSafety|SecurityEvents)\b/.test(` ${text}`))
        expect(await send(documentId, 'every scope'), text).toBe(403)
    }
  })

  test('what the schema says of itself is open to every key', async () => {
    const answer = await ask(
      keyWith('no scope'),
      '{ __schema { queryType { name } } __type(name: "Login") { name } }',
    )
    expect(answer.status).toBe(200)
  })
})

describe('K8: things by their ids', () => {
  test('what a key may not see is null like what is missing, and costs no look', async () => {
    const [login] = await api.sql<{ id: string }>('select id from logins where user_id = ?', [ada.userId])
    const sessionId = newId()
    await api.sql(
      `insert into session_metadata (id, user_id, started_at, ended_at, duration_seconds, last_seen_at, time_zone, status)
      values (?, ?, now(), now(), 0, now(), 'UTC', 'COMPLETED')`,
      [sessionId, ada.userId],
    )
    const ids = [
      publicId.from('user', ada.userId),
      publicId.from('session', sessionId),
      publicId.from('login', login?.id ?? ''),
      keyWith('no scope').id,
    ]
    const seen = async (name: string) => {
      const answer = await ask(keyWith(name), 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
        ids,
      })
      const { nodes } = answer.data as { nodes: ({ __typename: string } | null)[] }
      return { statements: answer.statements, nodes: nodes.map((node) => node?.__typename ?? null) }
    }
    expect(await seen('no scope')).toEqual({ statements: 1, nodes: [null, null, null, null] })
    expect(await seen('PROFILE_READ')).toEqual({ statements: 1, nodes: ['User', null, null, null] })
    expect((await seen('SESSIONS_READ')).nodes).toEqual([null, 'Session', null, null])
    expect((await seen('every scope')).nodes).toEqual(['User', 'Session', null, null])
  })

  test('A24: another’s session and user are null for a key of every scope', async () => {
    const own = await createApiKey(api, eve)
    const id = publicId.from('user', ada.userId)
    const answer = await ask(own, 'query ($id: ID!) { node(id: $id) { id } }', { id })
    expect(answer.data).toEqual({ node: null })
  })
})

describe('K8: whoever may write sessions', () => {
  const SESSION = 'id status startedAt endedAt durationSeconds expiresAt timeZone'

  test('sees those that they wrote, and no others', async () => {
    const key = keyWith('SESSIONS_WRITE')
    const started = await ask(
      key,
      `mutation { startSession(input: {}) { session { ...S } } } fragment S on Session { ${SESSION} }`,
    )
    const { id, status } = (started.data as { startSession: { session: { id: string; status: string } } })
      .startSession.session
    expect(status).toBe('RUNNING')
    const ended = await ask(key, `mutation { endSession(input: { id: "${id}" }) { session { ${SESSION} } } }`)
    expect(ended.data).toMatchObject({ endSession: { session: { id, status: 'COMPLETED' } } })
    for (const beyond of [
      '{ me { sessions(first: 1) { nodes { id } } } }',
      '{ me { liveSession { id } } }',
      `{ node(id: "${id}") { ... on Session { status } } }`,
      // Through the session that one wrote to all the others, also by the very fragment that is open above.
      'mutation { startSession(input: {}) { session { user { sessions(first: 1) { nodes { id } } } } } }',
      'mutation { startSession(input: {}) { session { ...S user { liveSession { ...S } } } } } fragment S on Session { id }',
    ]) {
      const answer = await ask(key, beyond)
      expect([answer.status, answer.missingScopes], beyond).toEqual([403, ['SESSIONS_READ']])
    }
    const byId = await ask(key, `{ node(id: "${id}") { id } }`)
    expect(byId.data).toEqual({ node: null })
  })
})
