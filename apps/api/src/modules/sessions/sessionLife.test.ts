import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'
import { emptyRedis } from '../../testing/emptyRedis.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'
import { BeatStore } from './beat.store.ts'
import { SessionService } from './session.service.ts'
import { SessionStore } from './session.store.ts'

let api: TestApi
let redis: RedisClient
let user: TestUser
let sessions: SessionOperations
beforeAll(async () => {
  api = await createTestApi()
  redis = api.app.services.redis
})
beforeEach(async () => {
  user = await createUser(api)
  sessions = new SessionOperations(api, user)
})
afterAll(async () => {
  await api.close()
})

const now = () => api.clock.now().toISOString()
const inFuture = (milliseconds: number) => new Date(api.clock.now().getTime() + milliseconds).toISOString()
const keyOf = (id: string) => `session:{${publicId.parse('session', id)}}`

test('a session starts with a record, a live state, and an hour until it lapses', async () => {
  const { session, alreadyLive, serverTime, userErrors } = await sessions.start({ timeZone: 'Asia/Tokyo' })
  expect({ alreadyLive, serverTime, userErrors }).toEqual({
    alreadyLive: false,
    serverTime: now(),
    userErrors: [],
  })
  expect(session).toEqual({
    id: expect.stringMatching(/^session_/),
    status: 'RUNNING',
    startedAt: now(),
    endedAt: null,
    durationSeconds: null,
    expiresAt: inFuture(HOUR),
    timeZone: 'Asia/Tokyo',
  })
  expect(JSON.parse((await redis.get(keyOf(session?.id ?? ''))) ?? '')).toMatchObject({ userId: user.userId })
  expect(await sessions.live()).toEqual(session)
  expect(await sessions.node(session?.id ?? '')).toEqual(session)
})

test('a double click starts one session', async () => {
  const answers = await Promise.all([sessions.start(), sessions.start(), sessions.start()])
  expect(new Set(answers.map(({ session }) => session?.id)).size).toBe(1)
  expect(answers.filter(({ alreadyLive }) => !alreadyLive)).toHaveLength(1)
})

test('a retry with the same clientSessionId is the same session, live or over, however it is spelled', async () => {
  const clientSessionId = newId()
  const first = await sessions.start({ clientSessionId })
  const again = await sessions.start({ clientSessionId: clientSessionId.toUpperCase() })
  expect(again).toMatchObject({ session: { id: first.session?.id }, alreadyLive: false })
  await sessions.end(first.session?.id ?? '')
  const later = await sessions.start({ clientSessionId })
  expect(later).toMatchObject({
    session: { id: first.session?.id, status: 'COMPLETED' },
    alreadyLive: false,
    userErrors: [],
  })
})

test('a double click with one clientSessionId is no session that was live before', async () => {
  const clientSessionId = newId()
  const answers = await Promise.all([1, 2, 3].map(() => sessions.start({ clientSessionId })))
  expect(new Set(answers.map(({ session }) => session?.id)).size).toBe(1)
  expect(answers.map(({ alreadyLive }) => alreadyLive)).toEqual([false, false, false])
})

test('the same clientSessionId with other input is a CONFLICT', async () => {
  const clientSessionId = newId()
  await sessions.start({ clientSessionId, timeZone: 'Europe/Stockholm' })
  expect(await sessions.start({ clientSessionId })).toMatchObject({
    session: null,
    userErrors: [{ code: 'CONFLICT', path: ['clientSessionId'] }],
  })
})

test('two users may use the same clientSessionId', async () => {
  const clientSessionId = newId()
  const other = new SessionOperations(api, await createUser(api))
  const [mine, theirs] = await Promise.all([
    sessions.start({ clientSessionId }),
    other.start({ clientSessionId }),
  ])
  expect(mine.session?.id).not.toBe(theirs.session?.id)
})

test('a second start answers with the live session and does not keep it alive', async () => {
  const first = await sessions.start({ clientSessionId: newId() })
  api.clock.advance(10 * MINUTE)
  expect(await sessions.start({ clientSessionId: newId() })).toMatchObject({
    session: first.session,
    alreadyLive: true,
  })
})

test('what has the wrong form is named', async () => {
  expect((await sessions.start({ clientSessionId: 'mine' })).userErrors).toEqual([
    { code: 'INVALID_INPUT', path: ['clientSessionId'] },
  ])
  expect((await sessions.start({ timeZone: 'Mars/Olympus' })).userErrors).toEqual([
    { code: 'INVALID_INPUT', path: ['timeZone'] },
  ])
  expect(await sessions.live()).toBeNull()
})

test('a time zone that PostgreSQL knows no days of is refused at the start, and not at every later page', async () => {
  const { statements, clock, logger, redis: client } = api.app.services
  const service = new SessionService({
    statements,
    clock,
    getLogger: () => logger,
    store: new SessionStore(client),
    beats: new BeatStore(client),
  })
  await expect(
    service.start(user.userId, { clientSessionId: null, timeZone: 'Mars/Olympus' }),
  ).rejects.toMatchObject({ details: [{ code: 'INVALID_INPUT', path: ['timeZone'] }] })
})

test('a beat gives a session another hour', async () => {
  const id = await sessions.startNew()
  api.clock.advance(59 * MINUTE)
  expect(await sessions.refresh(id)).toMatchObject({
    session: { status: 'RUNNING', expiresAt: inFuture(HOUR) },
    serverTime: now(),
    userErrors: [],
  })
  api.clock.advance(59 * MINUTE)
  expect(await sessions.live()).toMatchObject({ id })
})

test('a session that was left alone expires, and ended at its last beat', async () => {
  const id = await sessions.startNew()
  api.clock.advance(5 * MINUTE + 1_999)
  const lastBeat = now()
  await sessions.refresh(id)
  api.clock.advance(HOUR - 1)
  expect(await sessions.live()).toMatchObject({ id })
  api.clock.advance(1)
  expect(await sessions.live()).toBeNull()
  expect(await sessions.node(id)).toMatchObject({
    status: 'EXPIRED',
    endedAt: lastBeat,
    durationSeconds: 301,
    expiresAt: null,
  })
})

test('whoever comes first ends what lapsed: a start, a beat, an end, a page, a node', async () => {
  const finders = {
    start: async () => {
      expect(await sessions.start()).toMatchObject({ alreadyLive: false, session: { startedAt: now() } })
    },
    beat: async (id: string) => {
      expect(await sessions.refresh(id)).toMatchObject({ userErrors: [{ code: 'SESSION_OVER' }] })
    },
    end: async (id: string) => {
      expect(await sessions.end(id)).toMatchObject({ session: { status: 'EXPIRED' }, userErrors: [] })
    },
    page: async () => {
      await sessions.request('{ me { sessions(first: 1) { nodes { status } } } }')
    },
    node: async (id: string) => {
      await sessions.node(id)
    },
  }
  for (const [name, find] of Object.entries(finders)) {
    sessions = new SessionOperations(api, await createUser(api))
    const started = api.clock.now().getTime()
    const id = await sessions.startNew()
    api.clock.advance(2 * HOUR)
    await find(id)
    const [record] = await api.sql('select status, ended_at from session_metadata where id = ?', [
      publicId.parse('session', id),
    ])
    expect(record?.['status'], name).toBe('EXPIRED')
    expect(new Date(record?.['ended_at'] as string).getTime(), name).toBe(started)
  }
})

test('a read that was about to end a session leaves it alone when a beat comes in between', async () => {
  const id = await sessions.startNew()
  await emptyRedis(redis)
  api.clock.advance(HOUR + MINUTE)
  const { statements, logger, redis: client } = api.app.services
  const beats = new BeatStore(client)
  // The read decides by a clock that is a minute ahead, and the beat is taken at the last moment.
  const ahead = api.clock.now().getTime() + MINUTE
  const find = async (sessionId: string) => {
    const found = await beats.find(sessionId)
    if (found === null) await sessions.refresh(id)
    return found
  }
  const service = new SessionService({
    statements,
    clock: { now: () => new Date(ahead) },
    getLogger: () => logger,
    store: new SessionStore(client),
    beats: Object.assign(Object.create(beats) as BeatStore, { find }),
  })
  expect(await service.findLive(user.userId)).toMatchObject({ endedAt: null })
  expect(await sessions.live()).toMatchObject({ id })
})

test('no session is longer than 180 minutes, however often it is kept alive', async () => {
  const id = await sessions.startNew()
  for (let minutes = 50; minutes < 180; minutes += 50) {
    api.clock.advance(50 * MINUTE)
    await sessions.refresh(id)
  }
  api.clock.advance(30 * MINUTE - SECOND)
  const lastBeat = now()
  expect(await sessions.refresh(id)).toMatchObject({
    session: { expiresAt: inFuture(SECOND) },
    userErrors: [],
  })
  api.clock.advance(SECOND)
  expect(await sessions.refresh(id)).toMatchObject({
    session: { status: 'COMPLETED', endedAt: lastBeat, durationSeconds: 180 * 60 - 1 },
    userErrors: [{ code: 'SESSION_OVER', path: null }],
  })
})

test('an end settles the duration, once', async () => {
  const id = await sessions.startNew()
  api.clock.advance(61_999)
  const ended = await sessions.end(id)
  expect(ended).toMatchObject({
    session: { status: 'COMPLETED', endedAt: now(), durationSeconds: 61, expiresAt: null },
    userErrors: [],
  })
  api.clock.advance(MINUTE)
  expect(await sessions.end(id)).toEqual(ended)
  expect(await redis.exists(keyOf(id))).toBe(0)
})

test('of many ends at once, one ends it and the others see it', async () => {
  const id = await sessions.startNew()
  const answers = await Promise.all([1, 2, 3, 4].map(() => sessions.end(id)))
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('a beat never revives what is over, even when its live state was left behind', async () => {
  const id = await sessions.startNew()
  const { session } = await sessions.end(id)
  await redis.set(keyOf(id), JSON.stringify({ userId: user.userId, createdAt: now(), timeZone: 'UTC' }))
  await redis.zadd('beats:{0}', api.clock.now().getTime(), publicId.parse('session', id) ?? '')
  api.clock.advance(MINUTE)
  expect(await sessions.refresh(id)).toMatchObject({ session, userErrors: [{ code: 'SESSION_OVER' }] })
  expect(await sessions.live()).toBeNull()
  expect((await sessions.start()).alreadyLive).toBe(false)
})

test('within one document, a beat after the end is too late as well', async () => {
  const id = await sessions.startNew()
  const { data } = await sessions.request<Record<string, { userErrors: unknown[] }>>(
    `mutation ($id: ID!) {
      a: refreshSession(input: { id: $id }) { userErrors { code } }
      b: endSession(input: { id: $id }) { userErrors { code } }
      c: refreshSession(input: { id: $id }) { userErrors { code } }
      d: startSession(input: {}) { userErrors { code } session { user { liveSession { status } } } }
    }`,
    { id },
  )
  expect(data).toMatchObject({
    a: { userErrors: [] },
    b: { userErrors: [] },
    c: { userErrors: [{ code: 'SESSION_OVER' }] },
    d: { session: { user: { liveSession: { status: 'RUNNING' } } } },
  })
})

test('a session that is not there, malformed, or of another kind is NOT_FOUND', async () => {
  const ids = [
    publicId.from('session', newId()),
    publicId.from('user', user.userId),
    'session_',
    '',
    'x'.repeat(500),
  ]
  for (const id of ids) {
    const missing = { session: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] }
    expect(await sessions.refresh(id)).toMatchObject(missing)
    expect(await sessions.end(id)).toMatchObject(missing)
    if (!id.startsWith('user_')) expect(await sessions.node(id)).toBeNull()
  }
})

test('sessions need a login', async () => {
  for (const mutation of [
    'startSession(input: {})',
    'refreshSession(input: { id: "x" })',
    'endSession(input: { id: "x" })',
  ]) {
    const answer = await api.request(`mutation { ${mutation} { userErrors { code } } }`)
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  }
})

test('a user who is deleted takes the sessions along', async () => {
  const id = await sessions.startNew()
  await api.sql('delete from users where id = ?', [user.userId])
  expect(
    await api.sql('select 1 from session_metadata where id = ?', [publicId.parse('session', id)]),
  ).toEqual([])
})
