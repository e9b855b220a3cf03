import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'

const TOKEN = 'a token that only Prometheus has'

let api: TestApi
let tokenless: TestApi
beforeAll(async () => {
  api = await createTestApi({ env: { METRICS_TOKEN: TOKEN, TRUSTED_PROXIES: '127.0.0.1' } })
  tokenless = await createTestApi()
})
afterAll(() => Promise.all([api.close(), tokenless.close()]))

function ask(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/metrics`, { headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    outgoing.on('error', reject).end()
  })
}

test('who asks from this machine reads the metrics', async () => {
  expect(await ask(tokenless.url)).toMatchObject({
    status: 200,
    body: expect.stringContaining('wellness_') as string,
  })
  expect((await ask(api.url, { host: `localhost:${new URL(api.url).port}` })).status).toBe(200)
})

/**
 * Attack: a proxy stands on the same machine, so that everybody's requests come from loopback; and another: a page in a
 * browser on this machine has its own name lead to 127.0.0.1.
 */
test.each<Record<string, string>>([
  { 'x-forwarded-for': '203.0.113.7' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-for': '' },
  { forwarded: 'for=203.0.113.7' },
  { via: '1.1 proxy' },
  { 'x-forwarded-proto': 'https' },
  { 'x-forwarded-host': 'wellness.example' },
  { 'x-real-ip': '203.0.113.7' },
  { host: 'wellness.example' },
  { host: '127.0.0.1.wellness.example' },
  { host: 'localhost.wellness.example' },
])(
  'a request from loopback that came through a proxy or for another host is nobody’s: %j',
  async (headers) => {
    for (const { url } of [api, tokenless]) {
      const { status, body } = await ask(url, headers)
      expect(status).toBe(404)
      expect(body).not.toContain('wellness_')
      expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    }
  },
)

test('the token opens them from anywhere, and nothing else does', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' }
  expect((await ask(api.url, { ...forwarded, authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  for (const authorization of [
    'Bearer ',
    'Bearer undefined',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    TOKEN,
  ]) {
    expect((await ask(api.url, { ...forwarded, authorization })).status).toBe(404)
    expect((await ask(tokenless.url, { ...forwarded, authorization })).status).toBe(404)
  }
})

test('metrics hold no address, token or text of a person', async () => {
  await api.request(
    'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code } } }',
    {
      input: { email: 'quiet-lamp@example.com' },
    },
  )
  expect((await ask(api.url)).body).not.toMatch(/quiet-lamp|@/)
})
