import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser } from '../../../testing/createUser.ts'
import { mailedToken } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'
import { requestSignUpLink } from '../../../testing/requestSignUp.ts'
import { ThrottleKeys } from '../throttles/throttleKeys.ts'
import { storedPassword } from './storedPassword.ts'

const NEWEST = 'the newest secret of more than thirty-two bytes'
const OLDER = 'an older secret that also has more than thirty-two bytes'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi({
    env: { BCRYPT_COST: '11', AUTH_SECRET: `${NEWEST},${OLDER}` },
    // On a busy machine the last of a full queue waits for longer than people would.
    operationTimeoutMs: 60_000,
  })
})
afterAll(() => api.close())

async function completeSignUp(email: string, password: string): Promise<string[]> {
  const link = await requestSignUpLink(api, email)
  const { data } = await api.request<{ completeSignUp: { userErrors: { code: string; path: string[] }[] } }>(
    'mutation ($input: CompleteSignUpInput!) { completeSignUp(input: $input) { userErrors { code path } } }',
    { input: { token: link.searchParams.get('token'), password } },
  )
  return data.completeSignUp.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)
}

async function storedHash(email: string): Promise<string> {
  const [row] = await api.sql<{ password_hash: string }>('select password_hash from users where email = ?', [
    email,
  ])
  return row?.password_hash ?? ''
}

test('P1, P2, P5: length is the one rule of form, and is counted as a person counts', async () => {
  expect(await completeSignUp('p1-short@example.com', 'a'.repeat(14))).toEqual([
    'PASSWORD_TOO_SHORT password',
  ])
  expect(await completeSignUp('p2-long@example.com', 'a'.repeat(129))).toEqual(['PASSWORD_TOO_LONG password'])
  expect(await completeSignUp('p5@example.com', 'xkqzmwpvbtjrhng')).toEqual([])
  const emoji = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(0x1f300 + i)).join('')
  expect(await completeSignUp('p2@example.com', emoji)).toEqual([])
  expect((await signIn(api, { email: 'p2@example.com', password: emoji })).data.signIn.userErrors).toEqual([])
})

/**
 * Attack: what most people choose is tried first, and what anybody knows of this person is tried next.
 */
test('P6, P7: signing up refuses what attackers would try, says why, and leaves the link usable', async () => {
  const link = await requestSignUpLink(api, 'johanna.lind@example.com')
  const complete = async (password: string) => {
    const { data } = await api.request<{
      completeSignUp: { userErrors: { code: string; path: string[]; message: string }[] }
    }>(
      `mutation ($input: CompleteSignUpInput!) {
        completeSignUp(input: $input) { userErrors { code path message } } }`,
      { input: { token: link.searchParams.get('token'), password, name: 'Johanna' } },
    )
    return data.completeSignUp.userErrors
  }
  const { hashes } = api.app.services.identity.bcryptPool.work
  for (const [password, reason] of [
    ['passwordpassword', 'common passwords'],
    ['1qaz2wsx3edc4rfv', 'common passwords'],
    ['johanna.lind1985', 'your address'],
    ['sensory connection', 'our name'],
  ] as const) {
    expect(await complete(password)).toMatchObject([
      { code: 'PASSWORD_COMPROMISED', path: ['password'], message: expect.stringContaining(reason) },
    ])
  }
  expect(api.app.services.identity.bcryptPool.work.hashes).toBe(hashes)
  expect(await complete('a quiet morning with johanna')).toEqual([])
})

test('P6, P7: so do changing and resetting, by the same rule, and what was stays', async () => {
  const { email, token } = await createUser(api, { email: 'johan.berg@example.com' })
  const before = await setPassword(api, { email, password: 'a quiet morning by the sea' })
  await mutate(api, 'requestPasswordReset', { email })
  const resetToken = await mailedToken(api, email, '/reset-password')
  for (const bad of ['passwordpassword', 'qwertyuiopasdfgh', 'aaaaaaaaaaaaaaa', 'johan.berg-1985']) {
    const change = { currentPassword: 'a quiet morning by the sea', newPassword: bad }
    expect((await mutate(api, 'changePassword', change, { token })).userErrors).toMatchObject([
      { code: 'PASSWORD_COMPROMISED', path: ['newPassword'] },
    ])
    expect(
      (await mutate(api, 'resetPassword', { token: resetToken, password: bad })).userErrors,
    ).toMatchObject([{ code: 'PASSWORD_COMPROMISED', path: ['password'] }])
  }
  expect(await storedHash(email)).toBe(before)
})

/**
 * Attack: somebody has a copy of the table from years ago, or works out old hashes at yesterday's cost. A hash must not
 * stay as weak as on the day it was made.
 */
test.each([
  ['an older cost', { cost: 10 }],
  ['an older secret', { secrets: [OLDER] }],
])('P4: a hash of %s is raised at the next sign-in, and the password still opens', async (what, then) => {
  const { email } = await createUser(api, { email: `${what.replaceAll(' ', '-')}@example.com` })
  const password = 'a quiet morning by the sea'
  const before = await setPassword(api, { email, password, ...then })

  await signIn(api, { email, password: 'a wrong morning by the sea' })
  expect(await storedHash(email)).toBe(before)

  expect((await signIn(api, { email, password })).data.signIn.userErrors).toEqual([])
  const after = await storedHash(email)
  expect(after).not.toBe(before)
  expect(storedPassword.parse(after)).toMatchObject({
    cost: 11,
    keyId: api.app.services.keys.newest('password-pepper').id,
  })

  expect((await signIn(api, { email, password })).data.signIn.userErrors).toEqual([])
  expect(await storedHash(email)).toBe(after)
})

test('P4: raising a hash undoes no change of password that came between', async () => {
  const { email, userId } = await createUser(api)
  const changed = await setPassword(api, { email, password: 'changed in the meantime' })
  const { users } = api.app.services.identity
  await users.replacePasswordHash(api.app.services.orm.em.fork(), userId, 'as it was read', 'raised')
  expect(await storedHash(email)).toBe(changed)
})

/**
 * Attack: passwords of a megabyte, each of which would be normalised, hashed and waited for.
 */
test('P9: a password that nobody can have is refused before anything is hashed', async () => {
  const { hashes } = api.app.services.identity.bcryptPool.work
  const password = 'a'.repeat(80_000)
  const answer = await signIn(api, { email: 'somebody@example.com', password })
  expect(answer.data.signIn.userErrors).toMatchObject([{ code: 'PASSWORD_TOO_LONG', path: ['password'] }])
  expect(await completeSignUp('p9@example.com', password)).toEqual(['PASSWORD_TOO_LONG password'])
  const megabyte = await signIn(api, { email: 'somebody@example.com', password: 'a'.repeat(1_000_000) })
  expect(megabyte.status).toBe(413)
  expect(api.app.services.identity.bcryptPool.work.hashes).toBe(hashes)
})

/**
 * Attack: more sign-ins at once than can be hashed, so that everybody waits behind them.
 */
test(
  'P9: sign-ins beyond what the queue holds are answered 429 with Retry-After, and count as no attempt',
  { timeout: 60_000 },
  async () => {
    const answers = await Promise.all(
      Array.from({ length: api.app.services.identity.bcryptPool.maxQueue + 20 }, (_, index) =>
        signIn(api, { email: `queue-${index}@example.com`, password: 'wrong', clientAddress: '192.0.2.1' }),
      ),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    const counted = await api.app.services.redis.get(
      `throttle:sign-ins-per-client:${new ThrottleKeys(api.app.services.keys).client('192.0.2.1')}`,
    )
    expect(Number(counted)).toBe(answers.length - refused.length)
    for (const { errors, headers } of refused) {
      expect(errors?.[0]?.extensions.code).toBe('RATE_LIMITED')
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
  },
)
