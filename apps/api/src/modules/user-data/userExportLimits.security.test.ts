import { SECOND } from '@wellness/domain/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { bucketLimits, pointsOf } from '../../platform/graphql/limits/costLimits.ts'
import { confirmLogins } from '../../testing/confirmLogins.ts'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'
import { emptyRedis } from '../../testing/emptyRedis.ts'
import { useUpPoints } from '../../testing/useUpPoints.ts'

let api: TestApi
let ada: TestUser
beforeAll(async () => {
  api = await createTestApi({ env: { RATE_LIMIT_FACTOR: '1' } })
})
afterAll(() => api.close())
beforeEach(async () => {
  await emptyRedis(api.app.services.redis)
  api.clock.advance(2 * SECOND)
  ada = await createUser(api)
  await confirmLogins(api, ada.userId)
})

const download = (token: string) =>
  fetch(`${api.url}/export/account.json`, { headers: { authorization: `Bearer ${token}` } })
const left = (response: Response) => Number(response.headers.get('x-ratelimit-remaining'))

test('a copy of everything pays its points, and whoever has fewer is told when to come back', async () => {
  const first = await download(ada.token)
  expect([first.status, left(first)]).toEqual([200, bucketLimits.login.points - pointsOf.accountCopy])
  await first.text()
  await useUpPoints(api, bucketLimits.login.points - 2 * pointsOf.accountCopy + 1, ada)
  const events = () => api.sql('select 1 from security_events where user_id = ?', [ada.userId])
  const refused = await download(ada.token)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })
  expect(await events()).toHaveLength(1)
  api.clock.advance(SECOND)
  expect((await download(ada.token)).status).toBe(200)
})

test('what is refused for another reason costs a point', async () => {
  const key = await createApiKey(api, ada)
  await api.request('{ __typename }', {}, key)
  expect((await download(key.token)).status).toBe(403)
  const leftThen = async () => (await api.request('{ __typename }', {}, key)).extensions.cost.remaining
  await expect.poll(leftThen).toBeGreaterThan(bucketLimits.apiKey.points - pointsOf.accountCopy)
})

/** Attack: tokens are tried where no points are asked for. */
test('made-up credentials are looked up here as seldom as elsewhere', async () => {
  const statuses = []
  for (let i = 0; i < bucketLimits.address.points / pointsOf.unknownCredential + 2; i += 1)
    statuses.push((await download(`${i}`.padStart(43, 'x'))).status)
  expect(statuses.slice(-3)).toEqual([401, 429, 429])
})
