import { HOUR, MINUTE } from '@wellness/domain/time'
import { publicId } from '@wellness/domain/publicId'
import { type RedisCluster, startRedisCluster } from '@wellness/embedded/redisCluster'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { SessionOperations, type SessionPayload } from '../../testing/sessions/sessionOperations.ts'
import { SessionStore } from './session.store.ts'
import { SessionSweep } from './session.sweep.ts'
import { BeatStore } from './beat.store.ts'

const CALLERS = 8
const STEADY = 8
const BUSY_LOOKS_MAX = 5

let cluster: RedisCluster
let api: TestApi
beforeAll(async () => {
  cluster = await startRedisCluster({ masters: 3, replicasPerMaster: 1 })
  // By one address, that of the node which will die: nothing else is known of a managed cluster.
  api = await createTestApi({ env: { REDIS_URL: cluster.nodes[0]?.url ?? '', REDIS_CLUSTER: 'on' } })
})
afterAll(async () => {
  await api.close()
  await cluster.stop()
})

const newUser = async () => new SessionOperations(api, await createUser(api))

test('while a master of the cluster fails over, sessions start, go on and end as ever, and none is lost', async () => {
  const steady = await Promise.all(
    Array.from({ length: STEADY }, async () => {
      const sessions = await newUser()
      return { sessions, id: await sessions.startNew() }
    }),
  )
  // From here on what keeps them alive stands in Redis alone.
  api.clock.advance(50 * MINUTE)
  for (const { sessions, id } of steady) await sessions.refresh(id)

  const ended: string[] = []
  const answered = async (work: Promise<SessionPayload>): Promise<SessionPayload> => {
    const payload = await work
    expect(payload.userErrors).toEqual([])
    return payload
  }
  let goesOn = true
  let rounds = 0
  const callers = Array.from({ length: CALLERS }, async () => {
    const sessions = await newUser()
    while (goesOn) {
      const id = (await answered(sessions.start())).session?.id ?? ''
      for (let beat = 0; beat < 3; beat += 1) await answered(sessions.refresh(id))
      expect((await answered(sessions.end(id))).session?.status).toBe('COMPLETED')
      ended.push(id)
      rounds += 1
    }
  })
  const readiness: number[] = []
  const watch = (async () => {
    while (goesOn) {
      readiness.push((await fetch(`${api.url}/health/ready`)).status)
      await delay(50)
    }
  })()
  const untilRounds = async (count: number) => {
    const enough = rounds + count
    while (rounds < enough) await Promise.race([delay(10), ...callers])
  }

  await untilRounds(3 * CALLERS)
  const victim = cluster.nodes[0]
  process.kill(victim?.pid ?? 0, 'SIGKILL')
  await untilRounds(CALLERS)
  const masters = async () =>
    (await Promise.all(cluster.nodes.map((node) => node.role()))).filter((role) => role === 'master')
  while ((await masters()).length < 3) await Promise.race([delay(50), ...callers])
  expect(await victim?.role()).toBe('gone')
  await untilRounds(3 * CALLERS)
  goesOn = false
  await Promise.all([...callers, watch])

  // A look that came too late on a busy machine is no sign; a fail-over takes seconds, and so many looks.
  expect(readiness.filter((status) => status !== 200).length).toBeLessThan(BUSY_LOOKS_MAX)
  const rows = await api.sql<{ id: string; status: string }>('select id, status from session_metadata')
  const told = [...ended.map((id) => [id, 'COMPLETED']), ...steady.map(({ id }) => [id, 'RUNNING'])]
  expect(rows.map(({ id, status }) => [publicId.from('session', id), status]).sort()).toEqual(told.sort())

  api.clock.advance(HOUR - 1)
  const { services } = api.app
  const [store, beats] = [new SessionStore(services.redis), new BeatStore(services.redis)]
  await new SessionSweep({ ...services, store, beats }).run()
  for (const { sessions, id } of steady)
    expect(await sessions.refresh(id)).toMatchObject({ session: { status: 'RUNNING' }, userErrors: [] })
})

test('afterwards every key has a node again', async () => {
  const { redis } = api.app.services
  const started = await Promise.all(
    Array.from(
      { length: 30 },
      async () => publicId.parse('session', await (await newUser()).startNew()) ?? '',
    ),
  )
  const store = new SessionStore(redis)
  for (const id of started) expect(await store.getSessionState(id)).not.toBeNull()
  const beats = await new BeatStore(redis).findMany(started)
  expect(beats.size).toBe(started.length)
})
