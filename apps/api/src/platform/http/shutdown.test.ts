import 'reflect-metadata'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Query, Resolver } from 'type-graphql'
import { expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { type ApiProcess, startApiProcess } from '../../testing/startApiProcess.ts'
import { sendRaw } from '../../testing/sendRaw.ts'
import { shutDoor } from './shutDoor.ts'
import { ForKeys } from '../graphql/key-access/forKeys.ts'

let entered = Promise.withResolvers<void>()
let release = Promise.withResolvers<void>()

@Resolver()
class HeldResolver {
  @ForKeys('ANY')
  @Query(() => Boolean, { description: 'Answers when the test says so.' })
  async held(): Promise<boolean> {
    entered.resolve()
    await release.promise
    return true
  }
}

test('a process on its way out is not ready, still answers what comes, and finishes what runs', async () => {
  entered = Promise.withResolvers()
  release = Promise.withResolvers()
  const api = await createTestApi({ extraResolvers: [HeldResolver] })
  const running = api.request('{ held }')
  await entered.promise

  api.app.drain()
  const ready = await fetch(`${api.url}/health/ready`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({
    status: 'draining',
    errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  })
  const late = await api.request('{ __typename }')
  expect(late.status).toBe(200)
  expect(late.headers.get('connection')).toBe('close')

  const closed = api.close()
  // Long enough for the server to look several times whether it may hang up.
  await delay(200)
  release.resolve()
  expect(await running).toMatchObject({ status: 200, data: { held: true } })
  await closed
  await expect(fetch(`${api.url}/health/live`)).rejects.toThrow('fetch failed')
})

test('connections on which nothing runs do not hold up the end', async () => {
  const api = await createTestApi()
  await api.request('{ __typename }')
  const { hostname, port } = new URL(api.url)
  const silent = connect(Number(port), hostname)
  silent.on('error', () => undefined)
  const halfway = connect(Number(port), hostname, () =>
    halfway.write('POST /graphql HTTP/1.1\r\nhost: x\r\n'),
  )
  halfway.on('error', () => undefined)
  await Promise.all([once(silent, 'connect'), once(halfway, 'connect')])
  const start = performance.now()
  await api.close()
  expect(performance.now() - start).toBeLessThan(4_000)
  silent.destroy()
  halfway.destroy()
})

const KNOCKING = 10
/** Clients in a process of their own, since this one stands still while they send; prints what each is answered. */
const OTHER_CLIENTS = `
  const { connect } = require('node:net')
  for (let i = 0; i < ${KNOCKING}; i++) {
    const socket = connect(Number(process.argv[1]), '127.0.0.1', () =>
      socket.write('GET /health/live HTTP/1.1\\r\\nhost: x\\r\\nconnection: close\\r\\n\\r\\n'))
    socket.on('error', (error) => console.log(error.code))
    socket.on('data', (data) => console.log(String(data).split('\\r\\n', 1)[0]))
  }`

test('who knocked before the door was shut is answered, though nobody had looked at it yet', async () => {
  const api = await createTestApi()
  const clients = spawn(process.execPath, ['-e', OTHER_CLIENTS, new URL(api.url).port])
  let output = ''
  clients.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(clients, 'close')
  const shut = delay(1).then(() => shutDoor(api.app.server.server))
  // The kernel takes connections and requests in the meantime; then the timer is due before any of them is looked at.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
  await shut
  await ended
  expect(output.trim().split('\n')).toEqual(Array.from({ length: KNOCKING }, () => 'HTTP/1.1 200 OK'))
  await expect(fetch(`${api.url}/health/live`)).rejects.toThrow('fetch failed')
  await api.close()
})

/** Lets a request to the process wait in PostgreSQL until it is let go. */
async function holdRequest(api: TestApi, { url }: ApiProcess) {
  const { token } = await createUser(api)
  const locked = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const lock = api.app.services.orm.em.fork().transactional(async (em) => {
    await em.execute('lock table logins in access exclusive mode')
    locked.resolve()
    await letGo.promise
  })
  await locked.promise
  const answer = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{ me { email } }"}',
  })
  answer.catch(() => undefined)
  await expect
    .poll(() =>
      api.sql(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      ),
    )
    .toHaveLength(1)
  return {
    answer,
    async letGo() {
      letGo.resolve()
      await lock
    },
  }
}

test('Ctrl-C, which arrives twice through a package manager, lets the request that runs be answered', async () => {
  const api = await createTestApi()
  const child = await startApiProcess(api)
  const held = await holdRequest(api, child)
  child.kill('SIGINT')
  await expect.poll(child.output, { interval: 20 }).toContain('"stopping"')
  child.kill('SIGINT')
  // On a new connection: the door is still open, for balancers to hear that nothing more should come in.
  const ready = await sendRaw(child.url, 'GET /health/ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  expect(ready).toContain('HTTP/1.1 503 ')
  await held.letGo()
  const response = await held.answer
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    data: { me: { email: expect.stringContaining('@') as string } },
  })
  const { code, output } = await child.ended
  expect(code).toBe(0)
  for (const line of output.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg')
  await api.close()
})

test('a second Ctrl-C that is meant ends the process at once', async () => {
  const api = await createTestApi()
  const child = await startApiProcess(api)
  const held = await holdRequest(api, child)
  let ended: Awaited<ApiProcess['ended']> | undefined
  void child.ended.then((how) => (ended = how))
  await expect
    .poll(
      () => {
        child.kill('SIGINT')
        return ended?.code
      },
      { timeout: 5_000, interval: 100 },
    )
    .toBe(1)
  await held.letGo()
  await api.close()
})
