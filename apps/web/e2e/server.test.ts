import { expect, inject, test } from 'vitest'
import { ask } from './ask.ts'
import { useHarness } from './harness.ts'

const harness = useHarness()
const API_URL = inject('product').apiUrl
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('scripts and styles travel compressed to who can read it, and each finds them the same', async () => {
  const path = /\/assets\/[\w.-]+\.css/.exec((await ask(`${harness.webUrl}/`)).body)?.[0] ?? ''
  const plain = await ask(harness.webUrl + path)
  for (const encoding of ['br', 'gzip']) {
    const answer = await fetch(harness.webUrl + path, { headers: { 'accept-encoding': encoding } })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('vary')).toContain('accept-encoding')
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(plain.body.length / 2)
    expect(await answer.text()).toBe(plain.body)
  }
})

test('a body that is too large, and one that is no form, are refused before they are worked on', async () => {
  const headers = { ...FORM, origin: harness.webUrl }
  const large = await ask(`${harness.webUrl}/sign-in`, {
    method: 'POST',
    headers,
    body: `password=${'a'.repeat(70_000)}`,
  })
  expect(large.status).toBe(413)
  const json = { ...headers, 'content-type': 'application/json' }
  expect((await ask(`${harness.webUrl}/sign-in`, { method: 'POST', headers: json, body: '{}' })).status).toBe(
    415,
  )
})

test('opened by another name of this machine, a page leads to where its forms are taken; health checks do not', async () => {
  const web = await harness.startWeb({ API_URL })
  const byAddress = `http://127.0.0.1:${web.port}`
  for (const method of ['GET', 'HEAD']) {
    const answer = await ask(`${byAddress}/sign-in?redirectTo=%2Fhistory`, { method })
    expect([answer.status, answer.headers['location']]).toEqual([
      308,
      `${web.url}/sign-in?redirectTo=%2Fhistory`,
    ])
    // Kept by a browser it would lead away for ever, from a product that is set up otherwise later.
    expect(answer.headers['cache-control']).toBe('no-store')
  }
  for (const path of ['/health/live', '/health/ready']) expect((await ask(byAddress + path)).status).toBe(200)

  const page = await harness.newPage({ baseURL: byAddress, javaScriptEnabled: false })
  await page.goto('/sign-up')
  await page.getByLabel('E-mail address').fill('no-address')
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await page.getByRole('alert').waitFor()
  expect(page.url()).toBe(`${web.url}/sign-up`)
})

test.each(['/%E0%A4%A', '/%', '/today/%C0%AF?a=%E0', '/assets/%ff.css'])(
  'an address that cannot be decoded, %s, is a page that does not exist',
  async (path) => {
    const answer = await ask(harness.webUrl + path)
    expect(answer.status).toBe(404)
    expect(answer.body).toContain('There’s no page here')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  },
)
