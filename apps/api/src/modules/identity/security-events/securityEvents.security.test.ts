import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'
import { recordSecurityEvent } from './recordSecurityEvent.ts'
import { type SecurityEventKind, securityEventKinds } from './securityEventKind.ts'

const PASSWORD = 'a quiet morning by the sea'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

let api: TestApi
let ada: TestUser
let eve: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  ada = await createUser(api)
  eve = await createUser(api)
})

interface Page {
  edges: { cursor: string; node: { id: string } }[]
  nodes: { id: string; kind: string; occurredAt: string; device: string | null; ipAddress: string | null }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
}

async function readPage(variables: Record<string, unknown>, token = ada.token) {
  const { data, errors } = await api.request<{ me: { securityEvents: Page } | null }>(
    `query ($first: Int, $after: String, $last: Int, $before: String) {
      me { securityEvents(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id } }
        nodes { id kind occurredAt device ipAddress }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
    variables,
    { token },
  )
  return { page: data.me?.securityEvents as Page, codes: errors?.map(({ extensions }) => extensions.code) }
}

async function record(userId: string, kinds: SecurityEventKind[], userAgent: string | null = null) {
  for (const kind of kinds) {
    api.clock.advance(MINUTE)
    await recordSecurityEvent(api.app.services.orm.em.fork(), {
      kind,
      userId,
      occurredAt: api.clock.now(),
      client: { ipAddress: '192.0.2.7', userAgent },
    })
  }
}

test('R6: a person reads what happened, newest first, with the device and where it came from', async () => {
  await record(ada.userId, ['SIGNED_UP', 'SIGN_IN_FAILED'], FIREFOX)
  await record(ada.userId, ['PASSWORD_CHANGED'])
  const { page } = await readPage({ first: 10 })
  expect(page.nodes).toMatchObject([
    { kind: 'PASSWORD_CHANGED', device: null, occurredAt: api.clock.now().toISOString() },
    { kind: 'SIGN_IN_FAILED', device: 'Firefox on Windows', ipAddress: '192.0.2.7' },
    { kind: 'SIGNED_UP', device: 'Firefox on Windows', ipAddress: '192.0.2.7' },
  ])
  expect(page.nodes.map(({ id }) => id)).toEqual(page.edges.map(({ node }) => node.id))
})

test('R6: pages follow each other, in both directions, with one look at who is asking and one read each', async () => {
  const kinds = Object.keys(securityEventKinds) as SecurityEventKind[]
  await record(ada.userId, kinds)
  await record(eve.userId, kinds)
  // The first use after a while is written down.
  await readPage({ first: 1 })
  const seen: string[] = []
  for (let after: string | null = null, more = true; more;) {
    const earlier = api.statements.length
    const { page } = await readPage({ first: 4, after })
    expect(api.statements.length - earlier).toBe(2)
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
    seen.push(...page.nodes.map(({ kind }) => kind))
    ;[after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage]
  }
  expect(seen).toEqual(kinds.toReversed())
  const { page: oldest } = await readPage({ last: 2 })
  expect(oldest.nodes.map(({ kind }) => kind)).toEqual(kinds.slice(0, 2).toReversed())
  const { page: before } = await readPage({ last: 3, before: oldest.pageInfo.startCursor })
  expect(before.nodes.map(({ kind }) => kind)).toEqual(kinds.slice(2, 5).toReversed())
})

test.each([{}, { first: 0 }, { first: 101 }, { first: 1, last: 1 }, { first: 1, after: 'nonsense' }])(
  'A22, A23: a page of %j is BAD_USER_INPUT',
  async (variables) => {
    expect((await readPage(variables)).codes).toEqual(['BAD_USER_INPUT'])
  },
)

/**
 * Attack: whoever learns an event's id, or a cursor of somebody's list, reads where that person was.
 */
test('A24: another person’s event is null like a missing one, and their cursor shows one’s own events', async () => {
  await record(ada.userId, ['SIGNED_UP', 'SIGNED_IN'])
  await record(eve.userId, ['SIGNED_UP'])
  const { page } = await readPage({ first: 1 })
  const id = page.nodes[0]?.id
  const read = async (asked: string | undefined, token: string | null) =>
    (await api.request('query ($id: ID!) { node(id: $id) { id } }', { id: asked }, { token })).data['node']
  expect(await read(id, ada.token)).toEqual({ id })
  expect(await read(id, eve.token)).toBeNull()
  expect(await read(id, null)).toBeNull()
  expect(await read(publicId.from('event', newId()), ada.token)).toBeNull()
  const { page: others } = await readPage({ last: 10, before: page.pageInfo.endCursor }, eve.token)
  expect(others.nodes.map(({ kind }) => kind)).toEqual(['SIGNED_UP'])
})

/**
 * Attack: whoever reads the table, or the page that was left open, finds a secret that somebody typed.
 */
test('R6: no event holds what was typed, a token, or its hash', async () => {
  await setPassword(api, { email: ada.email, password: PASSWORD })
  const { data } = await signIn(api, { email: ada.email, password: PASSWORD })
  await signIn(api, { email: ada.email, password: 'mistyped and secret' })
  await api.worker.runDueJobs()
  const events = JSON.stringify(
    await api.sql('select * from security_events where user_id = ?', [ada.userId]),
  )
  expect(events).toContain('SIGNED_IN')
  expect(events).toContain('SIGN_IN_FAILED')
  for (const secret of [PASSWORD, 'mistyped', data.signIn.token ?? '-', ada.email]) {
    expect(events).not.toContain(secret)
  }
})

/**
 * Attack: an attacker undoes the trace by making the act fail after it was told, or hides an act by making its event fail.
 */
test('R6: what did not happen is not told, and what cannot be told does not happen', async () => {
  await api.sql('alter table security_events add constraint none check (false) not valid')
  try {
    await setPassword(api, { email: eve.email, password: PASSWORD })
    const { errors } = await signIn(api, { email: eve.email, password: PASSWORD })
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
    expect(await api.sql('select 1 from logins where user_id = ?', [eve.userId])).toHaveLength(1)
  } finally {
    await api.sql('alter table security_events drop constraint none')
  }
  await expect(
    api.app.services.orm.em.fork().transactional(async (tx) => {
      const client = { ipAddress: '192.0.2.7', userAgent: null }
      const event = { kind: 'SIGNED_IN', userId: eve.userId, occurredAt: api.clock.now(), client } as const
      await recordSecurityEvent(tx, event)
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await api.sql('select 1 from security_events where user_id = ?', [eve.userId])).toEqual([])
})
