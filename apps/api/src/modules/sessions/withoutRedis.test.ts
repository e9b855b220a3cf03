import { publicId } from '@wellness/domain/publicId'
import { HOUR, MINUTE, SECOND } from '@wellness/domain/time'
import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis as RedisServer, startRedis } from '@wellness/embedded/redis'
import { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { SessionOperations } from '../../testing/sessions/sessionOperations.ts'
import { startTcpProxy, type TcpProxy } from '../../testing/tcpProxy.ts'
import { BeatStore } from './beat.store.ts'
import { SessionStore } from './session.store.ts'
import { SessionSweep } from './session.sweep.ts'

let server: RedisServer
let redis: Redis
let proxy: TcpProxy
let api: TestApi
let sessions: SessionOperations
let sweep: SessionSweep
beforeAll(async () => {
  const port = await findFreePort()
  server = await startRedis({ port })
  redis = new Redis(server.url)
  proxy = await startTcpProxy(port)
  api = await createTestApi({ env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } })
  const { services } = api.app
  sweep = new SessionSweep({
    ...services,
    store: new SessionStore(services.redis),
    beats: new BeatStore(services.redis),
  })
})
beforeEach(async () => {
  sessions = new SessionOperations(api, await createUser(api))
})
afterEach(comeBack)
afterAll(async () => {
  await api.close()
  redis.disconnect()
  await proxy.close()
  await server.stop()
})

async function goAway(): Promise<void> {
  proxy.cut()
  while (api.app.services.redis.status === 'ready') await delay(1)
}

async function comeBack(): Promise<void> {
  proxy.restore()
  while (api.app.services.redis.status !== 'ready') await delay(1)
}

const recordOf = async (id: string) => {
  const [row] = await api.sql('select * from session_metadata where id = ?', [publicId.parse('session', id)])
  return row ?? {}
}
const writes = () => api.statements.filter((sql) => sql.trimStart().startsWith('update')).length

test('a session starts, is kept alive and ends while Redis is away', async () => {
  await goAway()
  const id = await sessions.startNew()
  api.clock.advance(50 * MINUTE)
  expect(await sessions.refresh(id)).toMatchObject({ session: { status: 'RUNNING' }, userErrors: [] })
  api.clock.advance(50 * MINUTE)
  expect(await sessions.live()).toMatchObject({ id })
  expect(await sessions.end(id)).toMatchObject({ session: { status: 'COMPLETED', durationSeconds: 6000 } })
})

test('beats are written at most once a minute while Redis is away', async () => {
  await goAway()
  const id = await sessions.startNew()
  api.statements.length = 0
  for (let beat = 0; beat < 30; beat++) {
    expect(await sessions.refresh(id)).toMatchObject({ userErrors: [] })
    api.clock.advance(10 * SECOND)
  }
  expect(writes()).toBe(5)
})

test('a beat behind the end, in the same document, is too late', async () => {
  await goAway()
  const id = await sessions.startNew()
  await sessions.refresh(id)
  const { data } = await sessions.request(
    `mutation ($id: ID!) {
      end: endSession(input: { id: $id }) { userErrors { code } }
      beat: refreshSession(input: { id: $id }) { userErrors { code } }
    }`,
    { id },
  )
  expect(data).toEqual({ end: { userErrors: [] }, beat: { userErrors: [{ code: 'SESSION_OVER' }] } })
})

test('nobody is cut off after an outage: a beat that was not written down is allowed for', async () => {
  const id = await sessions.startNew()
  await goAway()
  api.clock.advance(SECOND)
  await sessions.refresh(id)
  api.clock.advance(59 * SECOND)
  await sessions.refresh(id)
  await comeBack()
  api.clock.advance(HOUR - 1)
  await sweep.run()
  expect(await sessions.live()).toMatchObject({ id })
  expect(await sessions.refresh(id)).toMatchObject({ userErrors: [] })
})

test('nobody is cut off when Redis was away twice within a minute, with a beat in between', async () => {
  const id = await sessions.startNew()
  api.clock.advance(MINUTE)
  await goAway()
  await sessions.refresh(id)
  await comeBack()
  api.clock.advance(10 * SECOND)
  await sessions.refresh(id)
  await goAway()
  api.clock.advance(40 * SECOND)
  await sessions.refresh(id)
  await comeBack()
  api.clock.advance(HOUR - 1)
  await sweep.run()
  expect(await sessions.live()).toMatchObject({ id })
})

test('nobody is cut off when Redis was emptied', async () => {
  const id = await sessions.startNew()
  api.clock.advance(2 * MINUTE)
  await sessions.refresh(id)
  await redis.flushall()
  api.clock.advance(HOUR - 1)
  await sweep.run()
  expect(await sessions.refresh(id)).toMatchObject({ session: { status: 'RUNNING' }, userErrors: [] })
})

test('the first beat after Redis was emptied restores the live state and the last beat', async () => {
  const id = await sessions.startNew()
  await redis.flushall()
  expect(await sessions.refresh(id)).toMatchObject({ session: { status: 'RUNNING' }, userErrors: [] })
  const uuid = publicId.parse('session', id) ?? ''
  const { services } = api.app
  expect(await new SessionStore(services.redis).getSessionState(uuid)).not.toBeNull()
  expect(await new BeatStore(services.redis).find(uuid)).toEqual(api.clock.now())
})

test('what is older lapses as ever, two minutes later', async () => {
  const id = await sessions.startNew()
  await redis.flushall()
  api.clock.advance(HOUR + 2 * MINUTE - 1)
  await sweep.run()
  expect(await recordOf(id)).toMatchObject({ status: 'RUNNING' })
  api.clock.advance(1)
  await sweep.run()
  expect(await recordOf(id)).toMatchObject({ status: 'EXPIRED', duration_seconds: 0 })
})

test('a sweep ends what lapsed while Redis is away, too', async () => {
  const id = await sessions.startNew()
  await goAway()
  api.clock.advance(HOUR + 2 * MINUTE)
  await sweep.run()
  expect(await recordOf(id)).toMatchObject({ status: 'EXPIRED' })
})

test('a Redis that hangs costs an answer no more than its deadline', async () => {
  const id = await sessions.startNew()
  process.kill(server.pid, 'SIGSTOP')
  const started = performance.now()
  expect(await sessions.refresh(id)).toMatchObject({ userErrors: [] })
  const tookMs = performance.now() - started
  process.kill(server.pid, 'SIGCONT')
  expect(tookMs).toBeGreaterThan(900)
  expect(tookMs).toBeLessThan(2_500)
})
