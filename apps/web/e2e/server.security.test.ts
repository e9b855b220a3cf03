import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, inject, test } from 'vitest'
import { ask } from './ask.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()
const API_URL = inject('product').apiUrl
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('every answer carries the security headers: pages, data, assets, health and refusals', async () => {
  const { webUrl } = harness
  const asset = /\/assets\/[\w.-]+\.css/.exec((await ask(`${webUrl}/`)).body)?.[0] ?? ''
  const answers = {
    page: await ask(`${webUrl}/`),
    data: await ask(`${webUrl}/_root.data`),
    asset: await ask(webUrl + asset),
    health: await ask(`${webUrl}/health/live`),
    'not found': await ask(`${webUrl}/nothing`),
    forbidden: await ask(`${webUrl}/sign-in`, { method: 'POST', headers: FORM, body: 'a=b' }),
    'wrong method': await ask(`${webUrl}/`, { method: 'DELETE', headers: { origin: webUrl } }),
  }
  expect(Object.values(answers).map(({ status }) => status)).toEqual([200, 200, 200, 200, 404, 403, 405])
  for (const [name, { headers }] of Object.entries(answers)) {
    expect(headers, name).toMatchObject({
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{22,}'/)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  }
  expect(answers.asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(answers.page.headers['cache-control']).toBe('no-store')
})

test('a nonce is good for one answer, stands on every inline script, and no element has a handler or style of its own', async () => {
  const pages = [await ask(`${harness.webUrl}/`), await ask(`${harness.webUrl}/sign-in`)]
  const nonces = pages.map(
    ({ headers }) => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1],
  )
  expect(new Set(nonces).size).toBe(2)
  pages.forEach(({ body }, index) => {
    const inline = [...body.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(
      ([, attributes = '']) => attributes,
    )
    expect(inline.length).toBeGreaterThan(0)
    for (const attributes of inline) expect(attributes).toContain(`nonce="${nonces[index]}"`)
    expect(body).not.toMatch(/<[^>]+\s(on\w+|style)="/)
  })
})

test('behind https the cookie is __Host- and Secure, and browsers are told to come by https alone', async () => {
  const web = await harness.startWeb({ API_URL, AUTH_URL: 'https://wellness.example' })
  const { email, password } = await harness.sharedPerson()
  const answer = await ask(`${web.url}/sign-in`, {
    method: 'POST',
    headers: { ...FORM, origin: 'https://wellness.example' },
    body: new URLSearchParams({ email, password }).toString(),
  })
  expect(answer.status).toBe(302)
  expect(answer.headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-login=[\w-]{43,}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/),
    expect.stringMatching(/^__Host-device=[^;]+; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure$/),
  ])
  expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8,}$/)

  // The plain name, which a neighbouring host could plant, opens nothing.
  const token = /^__Host-login=([\w-]+)/.exec(String(answer.headers['set-cookie']))?.[1]
  expect((await ask(`${web.url}/today`, { headers: { cookie: `login=${token}` } })).status).toBe(302)
  expect((await ask(`${web.url}/today`, { headers: { cookie: `__Host-login=${token}` } })).status).toBe(200)
})

/** Host header poisoning: links or redirects that are built from what the client calls us would lead to the attacker. */
test('what a client calls us in Host and X-Forwarded-Host appears in no address', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
  for (const path of ['/', '/today', '//evil.example/', '/session']) {
    const answer = await ask(harness.webUrl + path, { headers })
    expect(String(answer.headers['location'] ?? '')).not.toContain('evil')
    expect(answer.body).not.toMatch(/(href|action|src)="[^"]*\/\/evil\.example/)
  }
  const posted = await ask(`${harness.webUrl}/sign-up`, {
    method: 'POST',
    headers: { ...FORM, ...headers, origin: harness.webUrl },
    body: 'email=nonsense',
  })
  expect(posted.status).toBe(422)
})

/** Throttles count by client address: whoever could choose theirs in a header would never be stopped. */
test.each([
  { trusted: '', forwarded: '203.0.113.7', seen: '127.0.0.1' },
  { trusted: '10.0.0.0/8', forwarded: '203.0.113.7', seen: '127.0.0.1' },
  { trusted: '127.0.0.1', forwarded: '203.0.113.7', seen: '203.0.113.7' },
  { trusted: '127.0.0.1', forwarded: '198.51.100.9, 203.0.113.7', seen: '203.0.113.7' },
])(
  'S6: with proxies trusted: "$trusted", X-Forwarded-For "$forwarded" is told to the API as $seen',
  async ({ trusted, forwarded, seen }) => {
    const heard: IncomingHttpHeaders[] = []
    const api = createServer((incoming, outgoing) => {
      heard.push(incoming.headers)
      outgoing.end()
    })
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
    try {
      const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
      const web = await harness.startWeb({ API_URL: apiUrl, TRUSTED_PROXIES: trusted })
      const answer = await ask(`${web.url}/sign-up`, {
        method: 'POST',
        headers: { ...FORM, origin: web.url, 'x-forwarded-for': forwarded, 'x-request-id': 'chosen' },
        body: 'email=anna@example.com',
      })
      expect(heard).toHaveLength(1)
      expect(heard[0]).toMatchObject({
        'x-client-address': seen,
        'x-request-id': answer.headers['x-request-id'],
        'x-web-api-secret': expect.stringMatching(/.{32}/),
      })
      expect(answer.headers['x-request-id']).not.toBe('chosen')
    } finally {
      api.close()
    }
  },
)

test('R1: no page whose address holds a token tells it to anybody; all other pages tell ours alone', async () => {
  const policyOf = async (path: string) => (await ask(harness.webUrl + path)).headers['referrer-policy']
  for (const path of [
    '/sign-up/complete?token=abc',
    '/sign-up/complete.data?token=abc',
    '/sign-up/complete/?token=abc',
    '//sign-up/complete?token=abc',
    '/nothing-here?token=abc',
  ]) {
    expect(await policyOf(path), path).toBe('no-referrer')
  }
  for (const path of ['/', '/sign-in', '/sign-up', '/support', '/today']) {
    expect(await policyOf(path), path).toBe('same-origin')
  }
  const told: string[] = []
  const page = await harness.newPage({ baseURL: harness.webUrl })
  page.on('request', (request) => told.push(request.headers()['referer'] ?? ''))
  await page.goto('/sign-up/complete?token=secret-link-token')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create my account' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('link', { name: 'Need support now?' }).click()
  await page.waitForURL('**/support')
  expect(told.length).toBeGreaterThan(3)
  expect(told.join()).not.toContain('secret-link-token')
})

/** Older browsers, and any on a plain http address that is not localhost, send no Sec-Fetch-Site: Origin alone vouches. */
test('a form without script names our origin, so that browsers without Sec-Fetch-Site can post it', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl, javaScriptEnabled: false })
  await page.goto('/sign-up')
  await page.getByLabel('E-mail address').fill('no-address')
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'),
    page.getByRole('button', { name: 'Send me the link' }).click(),
  ])
  expect((await sent.allHeaders())['origin']).toBe(harness.webUrl)
})

/**
 * So that a browser without Sec-Fetch-Site can post the form behind the link of a mail, its page tells our origin. The
 * token in its address must not come along: to another site it would be the key to an account.
 */
test('R1: the form behind the link of a mail names our origin, and never the token of its address', async () => {
  const page = await harness.newPage({ baseURL: harness.webUrl, javaScriptEnabled: false })
  await page.goto('/sign-up/complete?token=secret-link-token')
  await page.getByLabel('Password', { exact: true }).fill('short')
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'),
    page.getByRole('button', { name: 'Create my account' }).click(),
  ])
  const { origin, referer } = await sent.allHeaders()
  expect([origin, referer]).toEqual([harness.webUrl, `${harness.webUrl}/`])

  // What an older browser would have sent of it.
  const answer = await ask(sent.url(), {
    method: 'POST',
    headers: { ...FORM, origin: origin ?? 'null', referer: referer ?? '' },
    body: sent.postData() ?? '',
  })
  expect(answer.status).toBe(422)
  expect(answer.body).toContain('at least 15 characters')
})
