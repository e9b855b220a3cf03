import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, inject, test } from 'vitest'
import { ask } from './ask.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()
const API_URL = inject('product').apiUrl
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('the log has one line for each answer, and never a token, a password or an address', async () => {
  const web = await harness.startWeb({ API_URL })
  const { email, password } = await harness.sharedPerson()
  const headers = { ...FORM, origin: web.url }
  const signedIn = await ask(`${web.url}/sign-in?note=${password}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ email, password }).toString(),
  })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  await ask(`${web.url}/sign-up/complete?token=secret-link-token`, { headers: { cookie } })
  await ask(`${web.url}/today`, { headers: { cookie } })
  const wrong = new URLSearchParams({ email, password: `${password}!` }).toString()
  await ask(`${web.url}/sign-in`, { method: 'POST', headers, body: wrong })
  expect(await web.stop()).toBe(0)

  const lines = web.log().trim().split('\n')
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const answered = records.filter(({ msg }) => msg === 'answered')
  expect(answered.map(({ path, status }) => [path, status])).toEqual([
    ['/sign-in', 302],
    ['/sign-up/complete', 200],
    ['/today', 200],
    ['/sign-in', 422],
  ])
  for (const secret of [password, cookie.split('=')[1] ?? '', 'secret-link-token', email]) {
    expect(web.log()).not.toContain(secret)
  }
})

test('on SIGTERM what is under way is finished, and the process ends by itself', async () => {
  const { web, gate } = await harness.startGatedWeb()
  const { email, password } = await harness.sharedPerson()
  const slow = ask(`${web.url}/sign-in`, {
    method: 'POST',
    headers: { ...FORM, origin: web.url },
    body: new URLSearchParams({ email, password }).toString(),
  })
  await expect.poll(() => gate.connections(), { timeout: 5_000, interval: 1 }).toBeGreaterThan(0)
  const stopped = web.stop()
  expect((await slow).status).toBe(302)
  expect(await stopped).toBe(0)
})

test('on SIGTERM it first says that it is not ready, and still answers, so that a balancer can turn away', async () => {
  const web = await harness.startWeb({ API_URL })
  const stopped = web.stop()
  const readiness = async () => (await ask(`${web.url}/health/ready`)).status
  await expect.poll(readiness, { interval: 10 }).toBe(503)
  expect((await ask(`${web.url}/support`)).status).toBe(200)
  expect(await stopped).toBe(0)
})

test('on SIGTERM kept connections are told to close, and what was half sent when the door closed is answered', async () => {
  const web = await harness.startWeb({ API_URL })
  const { host, hostname, port } = new URL(web.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  const ended = new Promise((resolve) => socket.once('close', resolve))
  socket.write(`GET /support HTTP/1.1\r\nhost: ${host}\r\n`)
  await ask(`${web.url}/health/live`)
  const stopped = web.stop()
  await expect.poll(async () => (await ask(`${web.url}/health/ready`)).status, { interval: 10 }).toBe(503)
  const late = await ask(`${web.url}/support`, { headers: { connection: 'keep-alive' } })
  expect(late).toMatchObject({ status: 200, headers: { connection: 'close' } })
  await expect.poll(() => ask(web.url).catch(() => null), { interval: 20 }).toBeNull()
  socket.write('\r\n')
  await ended
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer).toMatch(/\r\nconnection: close\r\n/i)
  expect(await stopped).toBe(0)
})

test('a second Ctrl-C ends it at once though an answer is still awaited; the echo of the first does not', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  try {
    const web = await harness.startWeb({
      API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    })
    const heard = new Promise((resolve) => silent.once('request', resolve))
    const hanging = ask(`${web.url}/today`, { headers: { cookie: 'login=abc' } }).catch(() => null)
    await heard
    const stopped = web.stop('SIGINT')
    void web.stop('SIGINT')
    // It hangs up on newcomers a second after the first signal, and not at once.
    await expect.poll(() => ask(web.url).catch(() => null), { interval: 20 }).toBeNull()
    expect(web.log()).not.toContain('stopping at once')
    const before = performance.now()
    void web.stop('SIGINT')
    expect(await stopped).toBe(1)
    expect(performance.now() - before).toBeLessThan(2_000)
    await hanging
  } finally {
    silent.closeAllConnections()
    silent.close()
  }
})

test('an environment that is not fit names every variable that is wrong, and nothing starts', async () => {
  const start = harness.startWeb({
    API_URL: 'not an address',
    WEB_API_SECRET: 'short',
    AUTH_URL: 'https://x.example/path',
  })
  const message = await start.then(String, (error: Error) => error.message)
  for (const name of ['API_URL', 'WEB_API_SECRET', 'AUTH_URL']) expect(message).toContain(name)
  expect(message).not.toContain('short')
  expect(message).not.toContain('listening')
})
