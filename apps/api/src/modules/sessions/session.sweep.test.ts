import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { DAY, HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RedisClient } from '../../platform/redis/connectRedis.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { emptyRedis } from '../../testing/emptyRedis.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'
import { BeatStore } from './beat.store.ts'
import { SessionCheckpoint } from './session.checkpoint.ts'
import { SessionStore } from './session.store.ts'
import { SessionSweep } from './session.sweep.ts'

let api: TestApi
let redis: RedisClient
let sessions: SessionOperations
let beats: BeatStore
let sweep: SessionSweep
let checkpoint: SessionCheckpoint
beforeAll(async () => {
  api = await createTestApi()
  redis = api.app.services.redis
  const { services } = api.app
  beats = new BeatStore(services.redis)
  const parts = { ...services, store: new SessionStore(services.redis), beats }
  sweep = new SessionSweep(parts)
  checkpoint = new SessionCheckpoint(parts)
})
beforeEach(async () => {
  await api.sql('delete from session_metadata')
  await emptyRedis(redis)
  sessions = new SessionOperations(api, await createUser(api))
})
afterAll(async () => {
  await api.close()
})

const records = () =>
  api.sql<{ id: string; status: string; ended_at: string | null; last_seen_at: string }>(
    'select id, status, ended_at, last_seen_at from session_metadata order by id',
  )

async function addLiveSessions(count: number, ageMs: number): Promise<void> {
  const startedAt = new Date(api.clock.now().getTime() - ageMs)
  for (let index = 0; index < count; index++) {
    const { userId } = await createUser(api)
    await api.sql(
      `insert into session_metadata (id, user_id, started_at, last_seen_at, time_zone, status)
      values (?, ?, ?, ?, 'UTC', 'RUNNING')`,
      [newId(), userId, startedAt, startedAt],
    )
  }
}

test('a sweep ends what lapsed at its last beat, and nothing else', async () => {
  const lapsed = await sessions.startNew()
  api.clock.advance(MINUTE)
  const lastBeat = api.clock.now()
  await sessions.refresh(lapsed)
  api.clock.advance(30 * MINUTE)
  const live = await new SessionOperations(api, await createUser(api)).startNew()
  api.clock.advance(30 * MINUTE)
  await sweep.run()
  const byId = new Map((await records()).map((record) => [publicId.from('session', record.id), record]))
  expect(byId.get(lapsed)?.status).toBe('EXPIRED')
  expect(new Date(byId.get(lapsed)?.ended_at ?? '')).toEqual(lastBeat)
  expect(byId.get(live)?.status).toBe('RUNNING')
  expect(await redis.exists(`session:{${publicId.parse('session', lapsed)}}`)).toBe(0)
  expect(await beats.find(publicId.parse('session', lapsed) ?? '')).toBeNull()
})

test('a sweep ends what reached the cap, however well it is kept alive', async () => {
  const id = await sessions.startNew()
  for (let beat = 0; beat < 3; beat++) {
    api.clock.advance(59 * MINUTE)
    await sessions.refresh(id)
  }
  const lastBeat = api.clock.now()
  api.clock.advance(3 * MINUTE - 1)
  await sweep.run()
  expect((await records())[0]?.status).toBe('RUNNING')
  api.clock.advance(1)
  await sweep.run()
  expect((await records())[0]?.status).toBe('COMPLETED')
  expect(new Date((await records())[0]?.ended_at ?? '')).toEqual(lastBeat)
})

test('a sweep takes any number, in batches', async () => {
  await addLiveSessions(1_100, 2 * HOUR)
  await sweep.run()
  expect(new Set((await records()).map(({ status }) => status))).toEqual(new Set(['EXPIRED']))
}, 60_000)

test('sweeps side by side do nothing twice and do not get in each other’s way', async () => {
  await addLiveSessions(60, 2 * HOUR)
  await api.sql(`create table closings (id uuid)`)
  await api.sql(
    `create function note_closing() returns trigger language plpgsql as $$ begin insert into closings values (new.id); return new; end $$`,
  )
  await api.sql(
    `create trigger note_closing after update of ended_at on session_metadata for each row execute function note_closing()`,
  )
  await Promise.all([sweep.run(), sweep.run(), sweep.run(), sweep.run()])
  await sweep.run()
  expect(
    await api.sql('select count(*)::int as times, count(distinct id)::int as sessions from closings'),
  ).toEqual([{ times: 60, sessions: 60 }])
  await api.sql('drop trigger note_closing on session_metadata')
})

test('a sweep that read before a beat was written down does not end the session', async () => {
  const id = await sessions.startNew()
  await emptyRedis(redis)
  api.clock.advance(HOUR + MINUTE)
  // The sweep decides by a clock that is a minute ahead, while the beat is taken at the last moment.
  const { services } = api.app
  const now = api.clock.now().getTime()
  const late = new SessionSweep({
    ...services,
    clock: { now: () => new Date(now + MINUTE) },
    store: new SessionStore(services.redis),
    beats: Object.assign(Object.create(beats) as BeatStore, {
      findMany: async (ids: string[]) => {
        const found = await beats.findMany(ids)
        await sessions.refresh(id)
        return found
      },
    }),
  })
  await late.run()
  expect(await sessions.live()).toMatchObject({ id })
})

test('beats of sessions that nobody ended properly are forgotten after a day', async () => {
  const [old, young] = [newId(), newId()]
  await beats.record(old, new Date(api.clock.now().getTime() - DAY - 1))
  await beats.record(young, api.clock.now())
  await sweep.run()
  expect(await beats.findMany([old, young])).toEqual(new Map([[young, api.clock.now()]]))
})

test('a checkpoint writes last beats down, and only ever moves them forward', async () => {
  const id = await sessions.startNew()
  api.clock.advance(MINUTE)
  await sessions.refresh(id)
  await checkpoint.run()
  const [written] = await records()
  expect(new Date(written?.last_seen_at ?? '')).toEqual(api.clock.now())

  await emptyRedis(redis)
  await beats.record(publicId.parse('session', id) ?? '', new Date(api.clock.now().getTime() - 30 * SECOND))
  await checkpoint.run()
  expect(await records()).toEqual([written])
})

test('the last beats of sessions that lapsed while no worker ran are written down by the next checkpoint', async () => {
  const id = await sessions.startNew()
  api.clock.advance(MINUTE)
  await sessions.refresh(id)
  const lastBeat = api.clock.now()
  api.clock.advance(5 * HOUR)
  await checkpoint.run()
  await emptyRedis(redis)
  await sweep.run()
  const [ended] = await records()
  expect(ended?.status).toBe('EXPIRED')
  expect(new Date(ended?.ended_at ?? '')).toEqual(lastBeat)
})

test('a checkpoint leaves what is over as it is, whatever an orphaned beat says', async () => {
  const id = await sessions.startNew()
  await sessions.end(id)
  const before = await records()
  await beats.record(publicId.parse('session', id) ?? '', new Date(api.clock.now().getTime() + MINUTE))
  await checkpoint.run()
  expect(await records()).toEqual(before)
})

test('the worker sweeps and checkpoints by itself', async () => {
  await addLiveSessions(1, 2 * HOUR)
  await api.worker.start()
  const deadline = Date.now() + 10_000
  while ((await records())[0]?.status === 'RUNNING' && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await records())[0]?.status).toBe('EXPIRED')
})
