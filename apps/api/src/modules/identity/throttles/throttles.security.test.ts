import { DAY, MINUTE, SECOND } from '@wellness/domain/time'
import { findFreePort } from '@wellness/embedded/freePort'
import { startRedis } from '@wellness/embedded/redis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { createUser } from '../../../testing/createUser.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
let email: string
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await passThrottleTime(api, 2 * DAY)
  email = (await createUser(api)).email
  await setPassword(api, { email, password: PASSWORD })
})

async function codeOf(address: string, password: string, clientAddress = '192.0.2.1'): Promise<string> {
  const { data } = await signIn(api, { email: address, password, clientAddress })
  return data.signIn.userErrors[0]?.code ?? 'SIGNED_IN'
}

async function failTimes(times: number): Promise<string[]> {
  const codes: string[] = []
  for (let i = 0; i < times; i += 1) codes.push(await codeOf(email, 'wrong'))
  return codes
}

function count(codes: string[], code: string): number {
  return codes.filter((other) => other === code).length
}

/**
 * Attack: a botnet guesses one person's password, each machine a little.
 */
test('S4: fifty client addresses against one account are stopped like one', async () => {
  const codes: string[] = []
  for (let i = 0; i < 50; i += 1) codes.push(await codeOf(email, 'wrong', `198.51.100.${i}`))
  expect(count(codes, 'INVALID_CREDENTIALS')).toBe(5)
  expect(count(codes, 'TOO_MANY_ATTEMPTS')).toBe(45)
  expect(await codeOf(email, PASSWORD, '198.51.100.200')).toBe('TOO_MANY_ATTEMPTS')
})

/**
 * Attack: all guesses are sent in the same instant, before the first of them is counted as failed.
 */
test('S4: attempts side by side do not slip past', async () => {
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, i) => codeOf(email, 'wrong', `198.51.100.${i}`)),
  )
  expect(count(codes, 'INVALID_CREDENTIALS')).toBe(5)
  expect(count(codes, 'TOO_MANY_ATTEMPTS')).toBe(45)
})

/**
 * Attack: one machine tries a common password against everybody.
 */
test('S4: one client address has a hundred failures an hour, over all accounts', async () => {
  const { throttles } = api.app.services.identity
  // The checks themselves are left out: what is counted is that they were let in.
  const outcomes = await Promise.allSettled(
    Array.from({ length: 120 }, (_, i) => throttles.admitSignIn(`person-${i}@example.com`, '203.0.113.7')),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(100)
  expect(await codeOf(email, PASSWORD, '203.0.113.7')).toBe('TOO_MANY_ATTEMPTS')
  expect(await codeOf(email, PASSWORD, '203.0.113.8')).toBe('SIGNED_IN')
  await passThrottleTime(api, 60 * MINUTE)
  expect(await codeOf(email, PASSWORD, '203.0.113.7')).toBe('SIGNED_IN')
})

/**
 * Attack: an IPv6 line brings 2^64 addresses, one for every guess.
 */
test('S4: all addresses of an IPv6 /64 are one client, and those of another /64 are not', async () => {
  const { throttles } = api.app.services.identity
  for (let i = 0; i < 100; i += 1) {
    await throttles.admitSignIn(`person-${i}@example.com`, `2001:db8:0:1::${i.toString(16)}`)
  }
  expect(await codeOf(email, PASSWORD, '2001:db8:0:1:ffff::1')).toBe('TOO_MANY_ATTEMPTS')
  expect(await codeOf(email, PASSWORD, '2001:db8:0:2::1')).toBe('SIGNED_IN')
})

/**
 * Attack: an attacker signs in to an account of their own between guesses, to clear the count of their address.
 */
test('S4: a success gives the client address its own try back, and no other', async () => {
  const { throttles } = api.app.services.identity
  for (let i = 0; i < 99; i += 1) await throttles.admitSignIn(`person-${i}@example.com`, '203.0.113.9')
  expect(await codeOf(email, PASSWORD, '203.0.113.9')).toBe('SIGNED_IN')
  expect(await codeOf(email, 'wrong', '203.0.113.9')).toBe('INVALID_CREDENTIALS')
  expect(await codeOf(email, PASSWORD, '203.0.113.9')).toBe('TOO_MANY_ATTEMPTS')
})

/**
 * Attack: a stranger locks the owner out by failing on purpose. What holds them up must end by itself.
 */
test('S5: behind five free tries each failure doubles the wait, up to a quarter of an hour, and no further', async () => {
  expect(await failTimes(6)).toEqual([
    ...Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'),
    'TOO_MANY_ATTEMPTS',
  ])
  for (const waitSeconds of [10, 20, 40, 80, 160, 320, 640, 900, 900]) {
    const { data } = await signIn(api, { email, password: 'wrong', clientAddress: '192.0.2.1' })
    const { retryAfterSeconds, message } = data.signIn.userErrors[0] ?? {}
    expect(retryAfterSeconds).toBeGreaterThan(waitSeconds - 5)
    expect(retryAfterSeconds).toBeLessThanOrEqual(waitSeconds)
    expect(message).toContain(`${retryAfterSeconds} seconds`)
    await passThrottleTime(api, (retryAfterSeconds ?? 0) * SECOND)
    expect(await codeOf(email, 'wrong')).toBe('INVALID_CREDENTIALS')
  }
  await passThrottleTime(api, 15 * MINUTE)
  expect(await codeOf(email, PASSWORD)).toBe('SIGNED_IN')
})

test('S5: a refused attempt makes the wait no longer', async () => {
  await failTimes(30)
  await passThrottleTime(api, 10 * SECOND)
  expect(await codeOf(email, PASSWORD)).toBe('SIGNED_IN')
})

test('S5: after a success all tries are free again', async () => {
  await failTimes(4)
  expect(await codeOf(email, PASSWORD)).toBe('SIGNED_IN')
  expect(count(await failTimes(6), 'INVALID_CREDENTIALS')).toBe(5)
})

test('the counters name nobody, and are not among the sessions', async () => {
  await codeOf(email, 'wrong', '192.0.2.77')
  const keys = await findRedisKeys(api.app.services.redis, '*')
  expect(keys.filter((key) => key.startsWith('throttle:'))).toHaveLength(2)
  expect(keys.filter((key) => key.startsWith('session:'))).toEqual([])
  expect(keys.join('\n')).not.toMatch(/example|192\.0\.2/)
})

/**
 * Attack: the store of the counters is overwhelmed or cut off, so that guesses are not counted.
 */
test('S7: without Redis a limit in the process stands in: neither open nor broken, nor shut for good', async () => {
  const redis = await startRedis({ port: await findFreePort() })
  const alone = await createTestApi({ env: { REDIS_URL: redis.url } })
  try {
    const user = await createUser(alone)
    await setPassword(alone, { email: user.email, password: PASSWORD })
    await redis.stop()
    const attempt = (password: string) =>
      signIn(alone, { email: user.email, password, clientAddress: '192.0.2.1' })

    expect((await attempt(PASSWORD)).data.signIn.userErrors).toEqual([])
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt('wrong')))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const codes = answers.map(({ data }) => data.signIn.userErrors[0]?.code ?? '')
    expect(count(codes, 'INVALID_CREDENTIALS')).toBe(5)
    expect(count(codes, 'TOO_MANY_ATTEMPTS')).toBe(15)
  } finally {
    await alone.close()
    await redis.stop()
  }
})
