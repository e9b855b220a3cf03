import 'reflect-metadata'
import { Agent, request } from 'node:http'
import { Ctx, Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import type { RequestContext } from '../graphql/requestContext.ts'
import { ForKeys } from '../graphql/key-access/forKeys.ts'

@Resolver()
class CallerResolver {
  @ForKeys('ANY')
  @Query(() => [String], { nullable: 'items', description: 'Who the API thinks is asking.' })
  caller(@Ctx() { client, requestId }: RequestContext): (string | null)[] {
    return [client.ipAddress, client.userAgent, requestId]
  }
}

async function askWhoIAm(api: TestApi, headers: Record<string, string>) {
  const answer = await api.request<{ caller: [string, string | null, string] }>('{ caller }', {}, { headers })
  const [ipAddress, userAgent, requestId] = answer.data.caller
  expect(requestId).toBe(answer.headers.get('x-request-id'))
  return { ipAddress, userAgent, requestId }
}

describe('nobody is trusted', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await createTestApi({ extraResolvers: [CallerResolver] })
  })
  afterAll(() => api.close())

  /** Throttles count by address: whoever can name any address has as many tries as there are addresses. */
  test('S6: a spoofed X-Forwarded-For, Forwarded or X-Real-IP changes nothing', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
    }
    expect((await askWhoIAm(api, headers)).ipAddress).toBe('127.0.0.1')
  })

  /** The web app's own headers, sent by somebody who has read our source. */
  test.each([
    ['without the secret', () => ({})],
    [
      'with a wrong secret of the same length',
      ({ env }: TestApi) => ({ 'x-web-api-secret': env.WEB_API_SECRET.replace(/./g, 'x') }),
    ],
    [
      'with the beginning of the secret',
      ({ env }: TestApi) => ({ 'x-web-api-secret': env.WEB_API_SECRET.slice(0, -1) }),
    ],
    ['with an empty secret', () => ({ 'x-web-api-secret': '' })],
  ])('S6: x-client-address, x-client-user-agent and x-request-id are ignored %s', async (_what, secret) => {
    const headers = {
      ...secret(api),
      'x-client-address': '203.0.113.9',
      'x-client-user-agent': 'Forged',
      'x-request-id': 'chosen-by-the-attacker',
      'user-agent': 'Real',
    }
    const { ipAddress, userAgent, requestId } = await askWhoIAm(api, headers)
    expect({ ipAddress, userAgent }).toEqual({ ipAddress: '127.0.0.1', userAgent: 'Real' })
    expect(requestId).not.toContain('attacker')
  })

  test('the web app, by its secret, says for whom it asks and under which request id', async () => {
    const headers = {
      'x-web-api-secret': api.env.WEB_API_SECRET,
      'x-client-address': '2001:db8::7',
      'x-client-user-agent': 'Browser',
      'x-request-id': 'web-request-0001',
    }
    expect(await askWhoIAm(api, headers)).toEqual({
      ipAddress: '2001:db8::7',
      userAgent: 'Browser',
      requestId: 'web-request-0001',
    })
  })

  /** What the web app passes on came from a browser: it is bounded, and an address has to be one. */
  test('not even the web app brings in what is no address, an endless device, or an unsafe request id', async () => {
    const headers = {
      'x-web-api-secret': api.env.WEB_API_SECRET,
      'x-client-address': 'localhost; drop table users',
      'x-client-user-agent': 'B'.repeat(5_000),
      'x-request-id': '"},{"forged":"',
    }
    const { ipAddress, userAgent, requestId } = await askWhoIAm(api, headers)
    expect({ ipAddress, userAgent }).toEqual({ ipAddress: '127.0.0.1', userAgent: 'B'.repeat(512) })
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  /** A login that was ended has to stop working where a connection, and with it anything kept beside it, lives on. */
  test('A31: on a kept-alive connection, a revoked login is refused at the next request', async () => {
    const { token, userId } = await createUser(api)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = () =>
      new Promise<{ status: number | undefined; port: number | undefined; body: string }>(
        (resolve, reject) => {
          const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
          const sent = request(`${api.url}/graphql`, { agent, method: 'POST', headers }, (response) => {
            const port = response.socket.localPort
            response
              .setEncoding('utf8')
              .toArray()
              .then((chunks) => resolve({ status: response.statusCode, port, body: chunks.join('') }), reject)
          })
          sent.on('error', reject).end('{"query":"{ me { email } }"}')
        },
      )
    const before = await ask()
    await api.sql('delete from logins where user_id = ?', [userId])
    const after = await ask()
    agent.destroy()
    expect(before).toMatchObject({ status: 200, body: expect.stringContaining('@example.com') as string })
    expect(after).toMatchObject({ status: 401, port: before.port })
    expect(JSON.parse(after.body)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })
})

describe('behind a proxy', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await createTestApi({
      extraResolvers: [CallerResolver],
      env: { TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' },
    })
  })
  afterAll(() => api.close())

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    // What the client itself put in front is not what a trusted hop said.
    ['1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ])('S6: of X-Forwarded-For %s, only what trusted hops said is believed', async (forwarded, expected) => {
    expect((await askWhoIAm(api, { 'x-forwarded-for': forwarded })).ipAddress).toBe(expected)
  })

  /** Some proxies write `unknown`, a host or worse: it would stand in the records of logins, and be a client of its own. */
  test.each(['unknown', '203.0.113.9:4711', 'x'.repeat(3_000), "203.0.113.9' or 1=1"])(
    'S6: what is no address in X-Forwarded-For counts as one unknown client (%#)',
    async (forwarded) => {
      expect((await askWhoIAm(api, { 'x-forwarded-for': forwarded })).ipAddress).toBe('0.0.0.0')
    },
  )

  test('S6: the zone of an address, which may be any text, is left out', async () => {
    expect((await askWhoIAm(api, { 'x-forwarded-for': `fe80::1%${'z'.repeat(500)}` })).ipAddress).toBe(
      'fe80::1',
    )
  })
})
