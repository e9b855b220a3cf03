import 'reflect-metadata'
import { publicId } from '@wellness/domain/publicId'
import { newId } from '@wellness/domain/newId'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey } from './testing/createApiKey.ts'
import { createTestApi, type TestApi } from './testing/createTestApi.ts'
import { createUser, type TestUser } from './testing/createUser.ts'

let api: TestApi
let ada: TestUser
let eve: TestUser
beforeAll(async () => {
  api = await createTestApi()
  ada = await createUser(api, { name: 'Ada' })
  eve = await createUser(api)
  await insertSessions(ada.userId, 12)
  await insertSessions(eve.userId, 3)
})
afterAll(() => api.close())
beforeEach(() => {
  api.statements.length = 0
  api.logLines.length = 0
})

/** Sessions that are over, each a day after the other. */
async function insertSessions(userId: string, count: number): Promise<void> {
  for (let day = 1; day <= count; day++) {
    const startedAt = new Date(Date.UTC(2026, 0, day, 8))
    const endedAt = new Date(Date.UTC(2026, 0, day, 8, 10))
    await api.sql(
      `insert into session_metadata (id, user_id, started_at, ended_at, duration_seconds, last_seen_at, time_zone, status)
       values (?, ?, ?, ?, 600, ?, 'UTC', 'COMPLETED')`,
      [newId(), userId, startedAt, endedAt, endedAt],
    )
  }
}

const codes = (answer: { errors?: { extensions: { code: string } }[] }) =>
  answer.errors?.map(({ extensions }) => extensions.code)

describe('guesses at passwords', () => {
  const guess = (alias: string) =>
    `${alias}: signIn(input: { email: "${ada.email}", password: "guess" }) { token }`

  /** The attacker packs guesses into one request, to pass limits that count requests. */
  test('A1: aliased sign-ins are refused before anything is looked up', async () => {
    for (const count of [2, 100]) {
      const guesses = Array.from({ length: count }, (_, i) => guess(`g${i}`))
      const answer = await api.request(`mutation { ${guesses.join(' ')} }`)
      expect(answer.status).toBe(400)
    }
    expect(api.statements).toEqual([])
  })

  /** Two kinds of secret in one document are two guesses as well. */
  test('A2: a sign-in in a fragment beside the completion of a sign-up is refused', async () => {
    const answer = await api.request(
      `mutation { ...S completeSignUp(input: { token: "x", password: "guess" }) { token } }
       fragment S on Mutation { ${guess('s')} }`,
    )
    expect(answer.status).toBe(400)
    expect(api.statements).toEqual([])
  })
})

describe.each([
  { caller: 'a login', isKey: false },
  { caller: 'an API key', isKey: true },
])('asked by $caller', ({ isKey }) => {
  beforeAll(async () => {
    if (!isKey) return
    ada = { ...ada, token: (await createApiKey(api, ada)).token }
    eve = { ...eve, token: (await createApiKey(api, eve)).token }
    // The first use of a minute is written down; what counts statements begins after it.
    for (const by of [ada, eve]) await api.request('{ __typename }', {}, by)
  })

  describe('circles of types', () => {
    const nest = (levels: number) =>
      `{ me { ${'sessions(first: 1) { nodes { user { '.repeat(levels)} id ${'} } } '.repeat(levels)} } }`

    /** From a user to their sessions to their user to … */
    test('A7: a circle can be walked a little, and not on and on', async () => {
      expect((await api.request(nest(2), {}, { token: ada.token })).errors).toBeUndefined()
      for (const levels of [3, 7]) {
        const answer = await api.request(nest(levels), {}, { token: ada.token })
        expect(answer.status).toBe(400)
        expect(codes(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
      }
    })

    /** Below every limit of form, and a million rows to read. */
    test('A7: a page inside each element of a page is refused before any of it is read', async () => {
      const query = `{ me { sessions(first: 100) { nodes { user { sessions(first: 100) { nodes { id } } } } } } }`
      const answer = await api.request(query, {}, { token: ada.token })
      expect(answer.status).toBe(400)
      expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
      // Who is asking.
      expect(api.statements).toHaveLength(1)
    })

    test('A7: what hangs on the user is read once, however many sessions lead there', async () => {
      const query = `{ me { sessions(first: 50) { nodes { user { accounts { provider } } } } } }`
      const answer = await api.request<{ me: { sessions: { nodes: object[] } } } | undefined>(
        query,
        {},
        { token: ada.token },
      )
      const reads = api.statements.filter((statement) => statement.includes('accounts'))
      // What hangs there is not open to keys.
      expect([answer.status, reads.length]).toEqual(isKey ? [403, 0] : [200, 1])
      if (!isKey) expect(answer.data?.me.sessions.nodes).toHaveLength(12)
    })
  })

  describe('pages', () => {
    const PAGE = `query ($first: Int, $last: Int, $after: String, $before: String) {
    me { sessions(first: $first, last: $last, after: $after, before: $before) {
      nodes { user { email } } pageInfo { endCursor } } } }`
    interface Page {
      me: { sessions: { nodes: { user: { email: string } }[]; pageInfo: { endCursor: string } } }
    }
    const page = (variables: object, token = ada.token) =>
      api.request<Page>(PAGE, variables as Record<string, unknown>, { token })

    /** A page without bounds is a copy of the table. */
    test.each([
      ['a million', { first: 1_000_000 }],
      ['101', { first: 101 }],
      ['none', { first: 0 }],
      ['less than none', { first: -1 }],
      ['both ends', { first: 1, last: 1 }],
      ['neither end', {}],
      ['null', { first: null }],
      ['less than none from the end', { last: -1 }],
    ])('A22: a page of %s is BAD_USER_INPUT', async (_what, variables) => {
      const answer = await page(variables)
      expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
      expect(api.statements).toHaveLength(1)
    })

    /** A cursor goes into a statement: whoever can change it can look for other rows, or for errors. */
    test('A23: a tampered cursor is BAD_USER_INPUT, and no statement is made of it', async () => {
      const { endCursor } = (await page({ first: 2 })).data.me.sessions.pageInfo
      const middle = Math.floor(endCursor.length / 2)
      const tampered = [
        '',
        'x',
        `${endCursor}x`,
        endCursor.slice(1),
        endCursor.slice(0, -1),
        endCursor.slice(0, middle) + (endCursor[middle] === 'A' ? 'B' : 'A') + endCursor.slice(middle + 1),
        Buffer.from("['2026-01-01','x']").toString('base64url'),
        "' or true --",
      ]
      for (const cursor of tampered) {
        for (const variables of [
          { first: 2, after: cursor },
          { last: 2, before: cursor },
        ]) {
          api.statements.length = 0
          expect(codes(await page(variables))).toEqual(['BAD_USER_INPUT'])
          expect(api.statements).toHaveLength(1)
        }
      }
    })

    test("A23: another's cursor shows one's own rows only", async () => {
      const { endCursor } = (await page({ first: 2 })).data.me.sessions.pageInfo
      const answer = await page({ first: 100, after: endCursor }, eve.token)
      const emails = new Set(answer.data.me.sessions.nodes.map(({ user }) => user.email))
      expect([...emails]).toEqual([eve.email])
    })
  })

  describe('things of others', () => {
    /** Whether an id exists is nobody's business; a difference in time or in statements would tell. */
    test("A24: another's user, session, login and API key are null like missing ones, for the same statements", async () => {
      const [session] = await api.sql<{ id: string }>('select id from session_metadata where user_id = ?', [
        ada.userId,
      ])
      const [login] = await api.sql<{ id: string }>('select id from logins where user_id = ?', [ada.userId])
      const key = await createApiKey(api, ada)
      const asked = {
        user: [ada.userId, newId()],
        session: [session!.id, newId()],
        login: [login!.id, newId()],
        key: [key.uuid, newId()],
      } as const
      for (const [prefix, uuids] of Object.entries(asked)) {
        const statements = []
        for (const uuid of uuids) {
          api.statements.length = 0
          const id = publicId.from(prefix as 'user', uuid)
          const answer = await api.request('query ($id: ID!) { node(id: $id) { __typename } }', { id }, eve)
          expect(answer).toMatchObject({ status: 200, data: { node: null } })
          expect(answer.errors).toBeUndefined()
          statements.push(
            api.statements.map((statement) =>
              statement.replaceAll(uuid, 'UUID').replace(/'\d{4}-[^']+'/g, 'TIME'),
            ),
          )
        }
        expect(statements[0]).toEqual(statements[1])
      }
    })

    test("A24: ending or refreshing another's session is NOT_FOUND like a missing one", async () => {
      const [session] = await api.sql<{ id: string }>('select id from session_metadata where user_id = ?', [
        ada.userId,
      ])
      for (const field of ['endSession', 'refreshSession']) {
        const answers = []
        for (const uuid of [session!.id, newId()]) {
          const mutation = `mutation ($id: ID!) { payload: ${field}(input: { id: $id }) { session { id } userErrors { code message } } }`
          answers.push((await api.request(mutation, { id: publicId.from('session', uuid) }, eve)).data)
        }
        expect(answers[0]).toMatchObject({ payload: { session: null, userErrors: [{ code: 'NOT_FOUND' }] } })
        expect(answers[0]).toEqual(answers[1])
      }
    })

    test('A25: nodes takes a hundred ids, and 101 are BAD_USER_INPUT', async () => {
      const ids = Array.from({ length: 101 }, () => publicId.from('session', newId()))
      const ask = (ids: string[]) =>
        api.request('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }, ada)
      expect(codes(await ask(ids))).toEqual(['BAD_USER_INPUT'])
      api.statements.length = 0
      expect((await ask(ids.slice(1))).data['nodes']).toEqual(Array(100).fill(null))
      expect(api.statements.length).toBeLessThanOrEqual(2)
    })
  })
})

test('A20: a sign-in that does not fit the schema never repeats the password', async () => {
  const password = 'correct-horse-battery-staple'
  const document = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }'
  for (const input of [
    { email: ada.email, password, remember: true },
    { password },
    { email: 1, password },
    { email: ada.email, password: [password] },
    { email: ada.email, password: { password } },
  ]) {
    const answer = await api.request(document, { input })
    expect(answer.status).toBe(400)
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(JSON.stringify(answer) + api.logLines.join('')).not.toContain('correct-horse')
  }
})
