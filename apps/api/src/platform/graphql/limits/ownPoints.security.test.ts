import { SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApiKey } from '../../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { emptyRedis } from '../../../testing/emptyRedis.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { useUpPoints } from '../../../testing/useUpPoints.ts'
import { bucketLimits } from './costLimits.ts'

let api: TestApi
let user: TestUser
beforeAll(async () => {
  api = await createTestApi({ env: { RATE_LIMIT_FACTOR: '1' } })
})
afterAll(() => api.close())
beforeEach(async () => {
  user = await createUser(api)
  await emptyRedis(api.app.services.redis)
  // Whoever was told to wait is asked about again.
  api.clock.advance(2 * SECOND)
})

const ME = '{ me { id } }'

/** Attack: a script uses up what its owner needs to see a page, or what others do. */
test('two keys of one person, and the person', async () => {
  const [greedy, quiet] = [await createApiKey(api, user), await createApiKey(api, user)]
  await useUpPoints(api, bucketLimits.apiKey.points, greedy)
  expect((await api.request(ME, {}, greedy)).status).toBe(429)
  expect(await api.request(ME, {}, quiet)).toMatchObject({
    status: 200,
    extensions: { cost: { limit: bucketLimits.apiKey.points } },
  })
  expect((await api.request(ME, {}, user)).status).toBe(200)
})

test('a login, another login, an address and a visitor of the web app', async () => {
  await useUpPoints(api, bucketLimits.login.points, user)
  expect((await api.request(ME, {}, user)).status).toBe(429)
  expect((await api.request(ME, {}, await createUser(api))).status).toBe(200)
  await useUpPoints(api, bucketLimits.address.points, {})
  expect((await api.request(ME)).status).toBe(429)
  const web = (address: string) => ({
    headers: { 'x-web-api-secret': api.env.WEB_API_SECRET, 'x-client-address': address },
  })
  const visitor = await api.request(ME, {}, web('127.0.0.1'))
  expect(visitor).toMatchObject({
    status: 200,
    extensions: { cost: { limit: bucketLimits.visitor.points } },
  })
  const neighbour = await createUser(api)
  expect((await api.request(ME, {}, { ...neighbour, ...web('2001:db8::2') })).status).toBe(200)
  await useUpPoints(api, bucketLimits.visitor.points, web('2001:db8::1'))
  expect((await api.request(ME, {}, web('2001:db8::2'))).status).toBe(429)
  expect((await api.request(ME, {}, web('2001:db8:0:1::1'))).status).toBe(200)
  expect((await api.request(ME, {}, { ...neighbour, ...web('2001:db8::2') })).status).toBe(200)
})

/** Attack: a stranger claims to be the web app, to be another visitor with each request. */
test('who names an address without the secret stays who they are', async () => {
  await useUpPoints(api, bucketLimits.address.points, {})
  for (const secret of ['x'.repeat(api.env.WEB_API_SECRET.length), ''])
    expect(
      (await api.request(ME, {}, { headers: { 'x-web-api-secret': secret, 'x-client-address': '10.9.9.9' } }))
        .status,
    ).toBe(429)
})

test('who signs out and in has the points of a new login; Redis never learns whose a bucket is', async () => {
  await api.request(ME, {}, user)
  await api.request(ME)
  const keys = await findRedisKeys(api.app.services.redis, 'points:*')
  expect(keys).toHaveLength(2)
  for (const key of keys) expect(key).toMatch(/^points:\{[\w-]{43}\}$/)
})
