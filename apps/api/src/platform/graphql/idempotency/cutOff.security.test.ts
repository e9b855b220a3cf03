import { randomUUID } from 'node:crypto'
import { publicId } from '@wellness/domain/publicId'
import { DAY, SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSchema } from '../../../schema.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { KeyedApis, type KeyedRequest } from '../../../testing/keyedApis.ts'
import { postDocument } from '../../../testing/postDocument.ts'
import { startApiProcess } from '../../../testing/startApiProcess.ts'
import { startSibling } from '../../../testing/startSibling.ts'
import { startTcpProxy } from '../../../testing/tcpProxy.ts'
import { KeyGate } from '../key-access/keyGate.ts'
import { Idempotency, type Lease } from './idempotency.ts'
import { LEASE_MS } from './keptAnswers.ts'

let apis: KeyedApis
let user: TestUser
beforeAll(async () => {
  apis = await KeyedApis.start()
})
afterAll(() => apis.close())
beforeEach(async () => {
  user = await createUser(apis.api)
  apis.clear()
})

const { START } = KeyedApis
const send = (key: string, request: Partial<KeyedRequest> = {}) => apis.send(key, { by: user, ...request })

/** The lease of a process that is gone, or stands still. */
async function leave(key: string, input: object): Promise<Lease> {
  const { api, sibling } = apis
  const [login] = await api.sql<{ id: string }>('select id from logins where user_id = ?', [user.userId])
  const schema = createSchema()
  const gone = new Idempotency({ ...sibling.app.services, schema, gate: new KeyGate(schema) })
  const credential = { kind: 'login', id: login?.id ?? '' } as const
  const asks = { credential, ownerId: user.userId, keyScopes: null }
  const admitted = await gone.admit(key, asks, { query: START, operationName: null, variables: { input } })
  if (!('run' in admitted) || !admitted.run) throw new Error('It was not the first')
  return admitted.run
}

const sessions = () => apis.api.sql('select id from session_metadata where user_id = ?', [user.userId])

describe('a process that is killed', () => {
  /**
   * Starts a session by a process of its own, and kills that when the session is begun in PostgreSQL and nobody has been told:
   * the process stands still from before PostgreSQL goes on until its end.
   */
  async function killWhileStarting(key: string, input: object): Promise<void> {
    const { api } = apis
    const child = await startApiProcess(api)
    const { answer } = await api.app.services.orm.em.fork().transactional(async (tx) => {
      await tx.execute('lock table session_metadata in exclusive mode')
      const waiting = postDocument(
        child.url,
        { query: START, variables: { input } },
        { ...user, headers: { 'idempotency-key': key } },
      ).catch((error: unknown) => error)
      await expect
        .poll(() => api.sql(WAITING_FOR_LOCK), { timeout: 15_000 })
        .toMatchObject([{ query: expect.stringContaining('insert into session_metadata') as unknown }])
      child.kill('SIGSTOP')
      expect(await send(key, { input, to: apis.sibling })).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
      return { answer: waiting }
    })
    await expect.poll(sessions).toHaveLength(1)
    child.kill('SIGKILL')
    expect((await child.ended).signal).toBe('SIGKILL')
    expect(await answer).toBeInstanceOf(Error)
  }

  const WAITING_FOR_LOCK =
    "select query from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"

  test('after its work was done leaves a key whose outcome nobody knows, and nothing is done twice', async () => {
    const key = randomUUID()
    await killWhileStarting(key, {})
    expect(await send(key)).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
    await apis.passLeases()
    for (const to of [apis.api, apis.sibling, apis.api])
      expect(await send(key, { to })).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
    expect(await sessions()).toHaveLength(1)
    expect(apis.executions).toBe(0)
  })

  test('leaves what may be repeated to whoever asks next, and it is done once', async () => {
    const key = randomUUID()
    const input = { clientSessionId: randomUUID() }
    await killWhileStarting(key, input)
    await apis.passLeases()
    const answers = await Promise.all(
      [apis.api, apis.sibling, apis.api, apis.sibling].map((to) => send(key, { input, to })),
    )
    expect(answers.filter(({ status, isReplayed }) => status === 200 && !isReplayed)).toHaveLength(1)
    const again = await send(key, { input })
    expect(again).toMatchObject({ status: 200, isReplayed: true })
    const [session, ...others] = await sessions()
    expect(others).toEqual([])
    const { id } = (again.data as { startSession: { session: { id: string } } }).startSession.session
    expect(publicId.parse('session', id)).toBe(session?.['id'])
  })
})

describe('a lease', () => {
  /** Attack: the clock of one process is ahead, and what runs elsewhere would seem to be over to it. */
  test('is over by the clock of Redis, whatever that of a process says', async () => {
    const key = randomUUID()
    const input = { clientSessionId: randomUUID() }
    await apis.passLeases()
    await leave(key, input)
    apis.api.clock.advance(DAY)
    expect(await send(key, { input })).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
    const { redis } = apis.api.app.services
    const names = await redis.keys('idempotency:{*}:*')
    const ends = await Promise.all(names.map(async (name) => Number(await redis.hget(name, 'until'))))
    const [seconds = 0] = await redis.time()
    const left = Math.max(...ends) - seconds * SECOND
    expect(left).toBeGreaterThan(LEASE_MS - 5 * SECOND)
    expect(left).toBeLessThanOrEqual(LEASE_MS + SECOND)
  })

  test('that is over leaves what may be repeated to one of those who ask', async () => {
    const key = randomUUID()
    const input = { clientSessionId: randomUUID() }
    await leave(key, input)
    await apis.passLeases()
    const answers = await Promise.all(
      [apis.api, apis.sibling, apis.api, apis.sibling].map((to) => send(key, { input, to })),
    )
    expect(apis.executions).toBe(1)
    expect(answers.filter(({ status, isReplayed }) => status === 200 && !isReplayed)).toHaveLength(1)
    expect(await send(key, { input })).toMatchObject({ status: 200, isReplayed: true })
  })

  test('of a process that comes back late says nothing of a key that another has', async () => {
    const key = randomUUID()
    const input = { clientSessionId: randomUUID() }
    const late = await leave(key, input)
    await apis.passLeases()
    const first = await send(key, { input })
    await late.keep('{"data":"another"}')
    await late.forget()
    expect((await send(key, { input })).body).toEqual(first.body)
  })
})

describe('a mutation that fails in the midst', () => {
  test('has an unknown outcome at once; what may be repeated runs again', async () => {
    const [once, again] = [randomUUID(), randomUUID()]
    const input = { clientSessionId: randomUUID() }
    // A check that the insert does not pass: who is asking can be read still.
    await apis.api.sql(
      `alter table session_metadata add constraint broken check (time_zone <> 'UTC') not valid`,
    )
    expect(await send(once)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(await send(again, { input })).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    await apis.api.sql('alter table session_metadata drop constraint broken')
    expect(await send(once)).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
    expect(await send(again, { input })).toMatchObject({ status: 200, isReplayed: false })
  })
})

test('that goes away while it runs: the answer goes out, and what came of it is unknown afterwards', async () => {
  const proxy = await startTcpProxy(Number(new URL(apis.redisServer.url).port))
  const cut = await startSibling(apis.api, { REDIS_URL: [`redis://127.0.0.1:${proxy.port}`] })
  const key = randomUUID()
  const { statements } = cut.app.services
  const run = statements.run.bind(statements)
  statements.run = async (text, values) => {
    if (text.includes('insert into session_metadata')) {
      proxy.cut()
      await expect.poll(() => cut.app.services.redis.status).not.toBe('ready')
    }
    return run(text, values)
  }
  expect(await send(key, { to: cut })).toMatchObject({ status: 200 })
  expect(await send(key)).toMatchObject({ status: 409, code: 'IN_PROGRESS' })
  await apis.passLeases()
  expect(await send(key)).toMatchObject({ status: 409, code: 'OUTCOME_UNKNOWN' })
  proxy.restore()
  await cut.close()
  await proxy.close()
})
