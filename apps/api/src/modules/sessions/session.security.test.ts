import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'
import { insertSessions } from '../../testing/sessions/insertSessions.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'

let api: TestApi
let [victim, attacker]: TestUser[] = []
let [theirs, mine]: SessionOperations[] = []
beforeAll(async () => {
  api = await createTestApi()
})
beforeEach(async () => {
  ;[victim, attacker] = [await createUser(api), await createUser(api)]
  ;[theirs, mine] = [new SessionOperations(api, victim), new SessionOperations(api, attacker)]
})
afterAll(() => api.close())

function all() {
  if (!victim || !attacker || !theirs || !mine) throw new Error('beforeEach has not run')
  return { victim, attacker, theirs, mine }
}

/**
 * Attack: ids travel in addresses and logs. Somebody who learned one must get the same answer as for an id that never
 * was, from reads and from mutations, and must change nothing.
 */
test('a session of another user is as if it were not there', async () => {
  const { theirs, mine } = all()
  const id = await theirs.startNew()
  const unknown = publicId.from('session', newId())

  expect(await mine.node(id)).toBeNull()
  const { data } = await mine.request('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [id, unknown],
  })
  expect(data).toEqual({ nodes: [null, null] })
  expect({ ...(await mine.refresh(id)) }).toEqual(await mine.refresh(unknown))
  expect(await mine.end(id)).toEqual(await mine.end(unknown))
  expect(await api.request('query ($id: ID!) { node(id: $id) { id } }', { id })).toMatchObject({
    data: { node: null },
  })
  expect(await theirs.live()).toMatchObject({ id, status: 'RUNNING' })
})

test('the nodes of one’s own come in the order that was asked for, with null for the others', async () => {
  const { attacker, victim, mine } = all()
  const own = await insertSessions(api, attacker.userId, [
    { startedAt: '2026-03-01T09:00:00.000Z' },
    { startedAt: '2026-03-02T09:00:00.000Z' },
  ])
  const [foreign] = await insertSessions(api, victim.userId, [{ startedAt: '2026-03-01T09:00:00.000Z' }])
  const ids = [own[1], foreign, own[0], own[1], 'session_nonsense']
  const { data } = await mine.request('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
  expect(data).toEqual({ nodes: [{ id: own[1] }, null, { id: own[0] }, { id: own[1] }, null] })
})

/**
 * Attack (A23): another's cursor is a place in time, and must open nothing but one's own list there; a forged one must
 * not reach the database.
 */
test('another’s cursor shows one’s own rows, and a forged one costs no statement', async () => {
  const { attacker, victim, theirs, mine } = all()
  const list = `query ($after: String) { me { sessions(first: 5, after: $after) { nodes { id } pageInfo { endCursor } } } }`
  await insertSessions(api, victim.userId, [
    { startedAt: '2026-03-05T09:00:00.000Z' },
    { startedAt: '2026-03-01T09:00:00.000Z' },
  ])
  const [older] = await insertSessions(api, attacker.userId, [
    { startedAt: '2026-02-01T09:00:00.000Z' },
    { startedAt: '2026-03-02T09:00:00.000Z' },
  ])
  interface List {
    me: { sessions: { nodes: { id: string }[]; pageInfo: { endCursor: string } } }
  }
  const cursor = (await theirs.request<List>(list)).data.me.sessions.pageInfo.endCursor
  expect((await mine.request<List>(list, { after: cursor })).data.me.sessions.nodes).toEqual([{ id: older }])

  for (const forged of [
    `${cursor}A`,
    cursor.replace(/.$/, '!'),
    cursor.slice(1),
    Buffer.from('[]').toString('base64url'),
  ]) {
    api.statements.length = 0
    const answer = await mine.request(list, { after: forged })
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(api.statements.filter((sql) => !sql.includes('from logins'))).toEqual([])
  }
})

/** Attack (A32): what one database reads as text, another might read as a command. */
test('injections are text: refused where they have no form, and never carried out', async () => {
  const { mine } = all()
  for (const text of [
    "'; drop table session_metadata; --",
    "\\'; delete from users; --",
    '$1) or true --',
    '? ?? :name',
    '\r\nFLUSHALL\r\n',
    '}:{x',
    'EVAL "return 1" 0',
    '\u0000',
    '{"$gt":""}',
    '__proto__',
    '\ud800',
  ]) {
    const form = [{ code: 'INVALID_INPUT' }]
    expect((await mine.start({ clientSessionId: text })).userErrors).toMatchObject(form)
    expect((await mine.start({ timeZone: text })).userErrors).toMatchObject(form)
    expect((await mine.refresh(text)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }])
    expect((await mine.refresh(`session_${text}`)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }])
    expect((await mine.end(text)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }])
    expect(await mine.node(text)).toBeNull()
    for (const argument of ['after', 'before']) {
      const answer = await mine.request(
        `query ($cursor: String) { me { sessions(first: 1, ${argument}: $cursor) { nodes { id } } } }`,
        { cursor: text },
      )
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  }
  expect(await mine.live()).toBeNull()
})

/** Attack: a client that is signed in floods its history, or holds many sessions alive at once. */
test('however many starts there are at once, one session is live', async () => {
  const { mine, attacker } = all()
  await Promise.all(Array.from({ length: 20 }, () => mine.start({ clientSessionId: newId() })))
  expect(
    await api.sql('select count(*)::int as n from session_metadata where user_id = ?', [attacker.userId]),
  ).toEqual([{ n: 1 }])
})
