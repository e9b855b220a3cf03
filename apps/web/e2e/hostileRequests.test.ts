import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, inject, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()
const { webUrl, apiUrl } = inject('product')

/** Sends bytes as they are, and gives the head and the body of what came back until the server hung up. */
function sendBytes(bytes: string, url = webUrl): Promise<{ head: string; body: string }> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const end = answer.indexOf('\r\n\r\n')
      resolve({ head: answer.slice(0, end).toLowerCase(), body: answer.slice(end + 4) })
    })
  })
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(webUrl + path, { headers, redirect: 'manual' })
}

/** The server's own refusals are JSON or nothing at all, without any of the headers that protect a person. */
test.each([
  ['bytes that are no HTTP', 'hello\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`, 431],
  [
    'an address that cannot be decoded',
    'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    404,
  ],
  [
    'the address of another server',
    'GET http://evil.example/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    400,
  ],
  ['the address of no server', 'GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
  ['no address at all', 'GET * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
])('%s is answered by a page with the headers of every page', async (_what, bytes, status) => {
  const { head, body } = await sendBytes(bytes)
  expect(head).toContain(`http/1.1 ${status} `)
  for (const header of ['x-request-id: ', "content-security-policy: default-src 'none'", 'referrer-policy: '])
    expect(head).toContain(header)
  expect(head).toContain('cache-control: no-store')
  expect(head).toContain('content-type: text/html')
  expect(body).toContain('<h1')
  expect(body).not.toContain('evil')
})

test.each([
  ['without a host', ''],
  ['with an expectation of another kind', 'host: x\r\nexpect: wonders\r\n'],
])('a request %s gets the page that any other gets', async (_what, headers) => {
  const { head, body } = await sendBytes(`GET /sign-in HTTP/1.1\r\n${headers}connection: close\r\n\r\n`)
  expect(head).toContain('http/1.1 200 ')
  expect(head).toContain('content-security-policy: ')
  expect(body).toContain('<h1')
})

/** Read as a reference, what stands behind these slashes is a host: React Router fails at it, and a link would lead there. */
test.each(['/%5c', '//evil.example/', '/%2fevil.example', '/x/../%5cevil', '/.//evil'])(
  'a path that would name a host is no page: %s',
  async (path) => {
    const headers = `host: ${new URL(webUrl).host}\r\norigin: ${webUrl}\r\ncontent-length: 0\r\nconnection: close`
    for (const method of ['GET', 'POST']) {
      const { head, body } = await sendBytes(`${method} ${path} HTTP/1.1\r\n${headers}\r\n\r\n`)
      expect(head).toContain('http/1.1 404 ')
      expect(body).toContain('</html>')
    }
  },
)

/** To name the routes of a page, Remix matches every beginning of its path: the work grows with the square of its length. */
test('an address of thousands of segments is refused before anything matches it', async () => {
  const startedAt = performance.now()
  expect((await get('/a'.repeat(7_000))).status).toBe(414)
  expect(performance.now() - startedAt).toBeLessThan(500)
})

/** What a cookie holds is its sender's to write; a token goes into a header from there. */
test.each(['%0d%0aset-cookie:%20a=b', '%00', '%F0%9F%98%80', 'a%20b', 'A'.repeat(5_000)])(
  'a login cookie that cannot be a token is none: %#',
  async (value) => {
    const answer = await get('/today', { cookie: `login=${value}` })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/sign-in?redirectTo=%2Ftoday')
  },
)

test.each([
  'null',
  '[]',
  '[{"path":"/settings/profile"}]',
  '[{"path":"/settings/profile","values":{"name":{}}}]',
])('a kept form that is none of ours is left aside: %s', async (text) => {
  const person = await harness.sharedPerson()
  const { me } = (await (
    await fetch(`${apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${person.token}` },
      body: '{"query":"{ me { id } }"}',
    })
  )
    .json()
    .then((answer: { data: { me: { id: string } } }) => answer.data)) as { me: { id: string } }
  const kept = text.replace('{', `{"id":"kept-act","userId":"${me.id}",`)
  const cookie = `login=${person.token}; kept-forms=${encodeURIComponent(kept)}`
  expect((await get('/settings/profile', { cookie })).status).toBe(200)
  const named = await get('/settings/profile?kept=kept-act', { cookie })
  expect([named.status, named.headers.get('location')]).toEqual([302, '/settings/profile'])
})

test('a form posted without a body or a type is an empty one', async () => {
  const post = (path: string) =>
    sendBytes(
      `POST ${path} HTTP/1.1\r\nhost: x\r\norigin: ${webUrl}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    )
  expect((await post('/sign-in')).head).toContain('http/1.1 422 ')
  expect((await post('/settings')).head).toContain('location: /settings/profile')
  // No form is there, and no fault of ours either.
  expect((await post('/support')).head).toContain('http/1.1 405 ')
})

test('what older versions of Remix asked for data by means nothing', async () => {
  const answer = await get('/support?_data=root')
  expect(answer.headers.get('content-type')).toContain('text/html')
})

/** Nobody is to be woken for what a stranger wrote, and no library may write lines of its own, with an address in them. */
test('hostile requests leave records alone in the log, and none of an error', async () => {
  const web = await harness.startWeb({ API_URL: apiUrl })
  for (const path of ['/%E0%A4%A', '/%25///zqtextmark%2e%25', '/nothing', '/support.data?_data=root'])
    await sendBytes(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, web.url)
  const form = `host: x\r\norigin: ${web.url}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`
  await sendBytes(`POST /support HTTP/1.1\r\n${form}`, web.url)
  expect(await web.stop()).toBe(0)
  const records = web
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; msg: string })
  expect(records.filter(({ level }) => level === 'error')).toEqual([])
  expect(records.filter(({ msg }) => msg.includes('zqtextmark'))).toEqual([])
})

/** Attack: whoever asks for the copy of their data and hangs up, over and over, fills the log with errors. */
test('who hangs up while their copy is asked for leaves no error in the log', async () => {
  const api = createServer().listen(0, '127.0.0.1')
  await once(api, 'listening')
  const web = await harness.startWeb({ API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}` })
  const asked = once(api, 'request')
  const socket = connect(Number(new URL(web.url).port), '127.0.0.1')
  socket.write(
    `POST /settings/data/export HTTP/1.1\r\nhost: x\r\norigin: ${web.url}\r\ncookie: login=${'a'.repeat(43)}\r\n` +
      'content-type: application/x-www-form-urlencoded\r\ncontent-length: 8\r\n\r\nuserId=x',
  )
  const [request] = (await asked) as [IncomingMessage]
  const dropped = once(request.socket, 'close')
  socket.destroy()
  await dropped
  expect(await web.stop()).toBe(0)
  api.close()
  const levels = web
    .log()
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { level: string }).level)
  expect(levels).not.toContain('error')
})
