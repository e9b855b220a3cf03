import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { MeDocument } from '@wellness/api-client/operations'
import { useHarness } from './harness.ts'
import type { Person } from './harness.ts'

const harness = useHarness()

function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(harness.webUrl + path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { origin: harness.webUrl, ...headers },
    redirect: 'manual',
  })
}

function get(path: string, cookie?: string) {
  return fetch(harness.webUrl + path, { headers: cookie ? { cookie } : {}, redirect: 'manual' })
}

async function signIn({ email, password }: Person, form: Record<string, string> = {}) {
  const answer = await post('/sign-in', { email, password, ...form })
  return {
    answer,
    cookie: answer.headers
      .getSetCookie()
      .find((text) => text.startsWith('login='))
      ?.split(';')[0],
  }
}

/** A stolen cookie is replayed after its owner signed out: it must open nothing, here and at the API. */
test('L5: a cookie copied before sign-out is refused after it', async () => {
  const { cookie = '' } = await signIn(await harness.sharedPerson())
  expect((await get('/settings/profile', cookie)).status).toBe(200)

  const signedOut = await post('/sign-out', {}, { cookie })
  expect(signedOut.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^login=; .*Max-Age=0/))

  const replayed = await get('/settings/profile', cookie)
  expect(replayed.status).toBe(302)
  expect(await replayed.text()).not.toContain('@example.com')
})

test('L3: the login’s cookie is HttpOnly, SameSite=Lax, for every path, and holds nothing but the token', async () => {
  const { answer } = await signIn(await harness.sharedPerson())
  const [cookie = ''] = answer.headers.getSetCookie()
  const [pair = '', ...attributes] = cookie.split('; ')
  expect(pair).toMatch(/^login=[\w-]{43,}$/)
  expect(attributes).toEqual(['Path=/', expect.stringMatching(/^Max-Age=\d+$/), 'HttpOnly', 'SameSite=Lax'])
  const maxAgeDays = Number(attributes[1]?.split('=')[1]) / 86_400
  expect(maxAgeDays).toBeGreaterThan(29)
  expect(maxAgeDays).toBeLessThanOrEqual(30)
})

/** Signing in with somebody's prepared link must not end on the attacker's page, which would ask for the password again. */
test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
  '/.//evil.example',
])(
  'S9: whoever signs in with redirectTo=%j is on our own page, also when signed in before',
  async (redirectTo) => {
    const address = `/sign-in?${new URLSearchParams({ redirectTo })}`
    expect(await (await get(address)).text()).toContain('name="redirectTo" value="/today"')
    const { answer, cookie } = await signIn(await harness.sharedPerson(), { redirectTo })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/today'])
    const again = await get(address, cookie)
    expect([again.status, again.headers.get('location')]).toEqual([302, '/today'])
  },
)

test('S9: after signing in with a local redirectTo one is where one was', async () => {
  const local = await signIn(await harness.sharedPerson(), { redirectTo: '/history?after=x' })
  expect(local.answer.headers.get('location')).toBe('/history?after=x')
})

/**
 * Login cross-site request forgery: another site posts the attacker's own password to our sign-in, so that the victim
 * unknowingly keeps their sessions in the attacker's account. Tried with a real browser, which sends what browsers send.
 */
test('S10: a form on another site signs nobody in', async () => {
  const attacker = await harness.sharedPerson()
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<form id="f" method="post" action="${harness.webUrl}/sign-in">
      <input name="email" value="${attacker.email}"><input name="password" value="${attacker.password}"></form>
      <script>document.getElementById('f').submit()</script>`)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  try {
    const page = await harness.newPage()
    const answered = page.waitForResponse(`${harness.webUrl}/sign-in`)
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    expect((await answered).status()).toBe(403)
    await page.getByRole('heading', { name: 'This was not sent from our own page' }).waitFor()
    expect(await page.context().cookies(harness.webUrl)).toEqual([])
  } finally {
    site.close()
  }
})

/** Cross-site request forgery against somebody who is signed in, as each kind of browser would send it. */
test.each<Record<string, string>>([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { origin: 'https://evil.example' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { origin: 'null' },
  { origin: '' },
])('a post that comes with %j changes nothing', async (headers) => {
  const person = await harness.sharedPerson()
  const { cookie = '' } = await signIn(person)
  const paths = [
    '/settings/profile',
    '/settings/profile.data',
    '/settings/password',
    '/settings/devices',
    '/settings/confirm',
    '/settings/data/export',
    '/settings/data/delete',
    '/confirm-email',
    '/security/not-me',
    '/reset-password/complete',
    '/session/beat',
    '/today',
    '/sign-out',
  ]
  for (const path of paths) {
    const answer = await fetch(harness.webUrl + path, {
      method: 'POST',
      body: new URLSearchParams({ name: 'Mallory', intent: 'start' }),
      headers: { cookie, ...headers },
      redirect: 'manual',
    })
    expect(answer.status).toBe(403)
  }
  expect((await person.api.request(MeDocument)).me?.name).toBe('Anna')
  expect((await get('/settings/profile', cookie)).status).toBe(200)
})

test('L9: whatever is answered to a signed-in person is stored nowhere', async () => {
  const { cookie = '', answer } = await signIn(await harness.sharedPerson())
  expect(answer.headers.get('cache-control')).toBe('no-store')
  for (const path of [
    '/',
    '/today',
    '/today.data',
    '/history',
    '/settings/profile',
    '/settings/devices',
    '/settings/activity.data',
    '/session',
    '/nothing-here',
  ]) {
    expect((await get(path, cookie)).headers.get('cache-control'), path).toBe('no-store')
  }
  const beat = await post('/session/beat', { sessionId: 'session_x' }, { cookie })
  expect(beat.headers.get('cache-control')).toBe('no-store')
})

test('L2: the token stands in no page, address or script’s reach', async () => {
  const person = await harness.sharedPerson()
  const page = await harness.newPageOf(person)
  const token = (await page.context().cookies()).find(({ name }) => name === 'login')?.value ?? ''
  expect(token.length).toBeGreaterThan(40)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  for (const path of ['/today', '/settings/profile', '/history']) {
    await page.goto(path)
    expect(await page.content()).not.toContain(token)
    expect(
      await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })),
    ).not.toContain(token)
  }
  expect(addresses.join()).not.toContain(token)
})

/** A login that could not be ended goes on though no browser has it: its operator must learn of it, and not its token. */
test('a former login that cannot be ended at sign-in is logged, without its token, and signing in goes on', async () => {
  const api = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const signIn = { token: 'b'.repeat(43), expiresAt: new Date(Date.now() + 60_000), userErrors: [] }
      const failure = { errors: [{ message: FORMER, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }
      const isSignOut = request.headers.authorization === `Bearer ${FORMER}`
      response.writeHead(isSignOut ? 500 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isSignOut ? failure : { data: { signIn } }))
    })
  })
  const FORMER = 'f'.repeat(43)
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  try {
    const web = await harness.startWeb({
      API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    })
    const answer = await fetch(`${web.url}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'anna@example.com', password: 'quiet lamp' }),
      headers: { origin: web.url, cookie: `login=${FORMER}` },
      redirect: 'manual',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/today'])
    await web.stop()
    expect(web.log()).toMatch(/"level":"warn".*a former login could not be ended/)
    expect(web.log()).not.toContain(FORMER)
  } finally {
    api.closeAllConnections()
    api.close()
  }
})

/** Mail scanners and link previews open every link of a mail: that alone must neither use it up nor make an account. */
test('opening the link of a mail changes nothing: afterwards it still works, once', async () => {
  const email = harness.newAddress()
  await post('/sign-up', { email })
  const link = new URL(await harness.waitForLink(email))
  const token = link.searchParams.get('token') ?? ''
  expect([...link.searchParams.keys()]).toEqual(['token'])

  for (let count = 0; count < 3; count++) {
    const opened = await get(link.pathname + link.search)
    expect(opened.status).toBe(200)
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer')
    expect(opened.headers.getSetCookie()).toEqual([])
  }
  const form = { token, password: 'a wide and empty beach', name: '' }
  const first = await post('/sign-up/complete', form)
  expect(first.headers.get('location')).toBe('/today')
  const second = await post('/sign-up/complete', form)
  expect(second.status).toBe(410)
  expect(second.headers.getSetCookie()).toEqual([])
})

test('signing in anew ends the login that this browser had', async () => {
  const person = await harness.sharedPerson()
  const former = await signIn(person)
  const { email, password } = person
  const again = await post('/sign-in', { email, password }, { cookie: former.cookie ?? '' })
  expect(again.status).toBe(302)
  expect((await get('/settings/profile', former.cookie)).status).toBe(302)
})

/**
 * A thief who knows the password signs in: the owner is told by mail, but not of their own device each time. The device is
 * known by a cookie of its own, which signing out leaves and which opens nothing.
 */
test('S5: a browser is known again after signing out, by a cookie that signs nobody in', async () => {
  const person = await harness.newPerson()
  const form = { email: person.email, password: person.password }
  const readTold = async () => (await harness.mailTo(person.email)).map(({ text }) => text).join()
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0'

  const first = await post('/sign-in', form)
  const [login = '', device = ''] = first.headers.getSetCookie()
  expect(device).toMatch(/^device=[^;]+; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/)
  const [cookie = ''] = device.split(';')
  expect((await get('/today', cookie)).status).toBe(302)

  const signedOut = await post('/sign-out', {}, { cookie: `${login.split(';')[0]}; ${cookie}` })
  expect(signedOut.headers.getSetCookie().map((text) => text.split('=')[0])).toEqual(['login', 'done'])
  expect((await post('/sign-in', form, { cookie, 'user-agent': firefox })).status).toBe(302)
  // Mail leaves in the order of what it tells: that of the second device comes after any of the known one.
  expect((await post('/sign-in', form, { 'user-agent': edge })).status).toBe(302)
  await expect.poll(readTold).toContain('Edge')
  expect(await readTold()).not.toContain('Firefox')
})
