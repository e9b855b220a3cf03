import { DAY, HOUR } from '@wellness/domain/time'
import { CLIENT_USER_AGENT_HEADER } from '@wellness/domain/webHeaders'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SecretKeys } from '../../../platform/crypto/secretKeys.ts'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { findRedisKeys } from '../../../testing/findRedisKeys.ts'
import { mailedToken, mailsTo } from '../../../testing/mailedLink.ts'
import { mutate } from '../../../testing/mutate.ts'
import { passThrottleTime } from '../../../testing/passThrottleTime.ts'
import { PASSWORD, requestSignUpLink } from '../../../testing/requestSignUp.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { fromClient, signIn } from '../../../testing/signIn.ts'
import { DeviceTokens } from './deviceTokens.ts'

const NEW_DEVICE = 'A new device signed in'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'

let api: TestApi
let person: TestUser
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.worker.runDueJobs()
  api.mailbox.clear()
  await passThrottleTime(api, 2 * DAY)
  person = await createUser(api)
  await setPassword(api, { email: person.email, password: PASSWORD })
})

async function attempt(password: string, deviceToken?: string | null, clientAddress = '192.0.2.1') {
  const { data } = await signIn(api, { email: person.email, password, clientAddress, deviceToken })
  return data.signIn
}

async function codeOf(...args: Parameters<typeof attempt>): Promise<string> {
  return (await attempt(...args)).userErrors[0]?.code ?? 'SIGNED_IN'
}

const newDeviceMails = async (email = person.email) =>
  (await mailsTo(api, email)).filter(({ subject }) => subject === NEW_DEVICE)

/** Uses up the tries of the account, as strangers do, from many addresses. */
async function attack(times = 8): Promise<void> {
  for (let i = 0; i < times; i += 1) await codeOf('wrong', null, `198.51.100.${i}`)
}

/**
 * Attack: a stranger, or a crowd of them, fails on purpose, again and again, to keep the owner out.
 */
describe('S5: the owner of an account under attack', () => {
  test('gets in from a device on which they signed in before, and nobody else does', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    await attack()
    expect(await codeOf(PASSWORD, null, '203.0.113.1')).toBe('TOO_MANY_ATTEMPTS')
    expect(await codeOf(PASSWORD, deviceToken, '203.0.113.1')).toBe('SIGNED_IN')
  })

  test('gets in from there also behind an address from which everything was used up', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    const { throttles } = api.app.services.identity
    for (let i = 0; i < 100; i += 1) await throttles.admitSignIn(`person-${i}@example.com`, '203.0.113.7')
    expect(await codeOf(PASSWORD, null, '203.0.113.7')).toBe('TOO_MANY_ATTEMPTS')
    expect(await codeOf(PASSWORD, deviceToken, '203.0.113.7')).toBe('SIGNED_IN')
  })

  test('gets in by a reset, which makes the device known', async () => {
    await mutate(api, 'requestPasswordReset', { email: person.email })
    const token = await mailedToken(api, person.email, '/reset-password')
    const { data } = await api.request<{ resetPassword: { deviceToken: string } }>(
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { deviceToken } }',
      { input: { token, password: PASSWORD } },
    )
    await attack()
    expect(await codeOf(PASSWORD, data.resetPassword.deviceToken)).toBe('SIGNED_IN')
    expect(await newDeviceMails()).toEqual([])
  })

  test('opens nothing to the attackers by getting in', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    await attack()
    await codeOf(PASSWORD, deviceToken)
    expect(await codeOf('wrong', null, '203.0.113.1')).toBe('TOO_MANY_ATTEMPTS')
  })
})

/**
 * Attack: somebody has a device, or its token, and guesses by it past the limits of strangers.
 */
describe('S4: tries from a known device', () => {
  test('are five, too, and then each costs a growing wait', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    const codes: string[] = []
    for (let i = 0; i < 8; i += 1) codes.push(await codeOf('wrong', deviceToken, `198.51.100.${i}`))
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'),
      ...Array.from({ length: 3 }, () => 'TOO_MANY_ATTEMPTS'),
    ])
    expect(await codeOf(PASSWORD)).toBe('SIGNED_IN')
  })

  test('are counted for the device, whichever of its tokens comes along', async () => {
    const first = (await attempt(PASSWORD)).deviceToken
    const second = (await attempt(PASSWORD, first)).deviceToken
    for (let i = 0; i < 3; i += 1) await codeOf('wrong', first)
    const codes = [
      await codeOf('wrong', second),
      await codeOf('wrong', second),
      await codeOf('wrong', second),
    ]
    expect(codes).toEqual(['INVALID_CREDENTIALS', 'INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS'])
  })

  test('of one person are tries of a stranger at another’s account', async () => {
    const other = await createUser(api)
    await setPassword(api, { email: other.email, password: PASSWORD })
    const { data } = await signIn(api, { email: other.email, password: PASSWORD })
    await attack()
    expect(await codeOf(PASSWORD, data.signIn.deviceToken)).toBe('TOO_MANY_ATTEMPTS')
  })

  test('leave nothing in Redis that names anybody', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    await codeOf('wrong', deviceToken)
    const keys = (await findRedisKeys(api.app.services.redis, 'throttle:*')).join('\n')
    expect(keys).toContain('sign-ins-per-device')
    expect(keys).not.toContain(deviceToken?.split('.')[0] ?? '?')
  })
})

/**
 * Attack: a token is made up, or changed, so as to count as somebody's device.
 */
describe('S5: what is no token of ours is like none:', () => {
  test('a token of which any part was changed', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    const parts = (deviceToken ?? '').split('.')
    await attack()
    for (const place of parts.keys()) {
      const changed = parts.map((part, i) => {
        if (i !== place) return part
        const digit = /\d/.exec(part)?.[0]
        return digit === undefined
          ? `${part.slice(1)}A`
          : part.replace(digit, String((Number(digit) + 1) % 10))
      })
      expect(await codeOf(PASSWORD, changed.join('.')), String(place)).toBe('TOO_MANY_ATTEMPTS')
    }
    expect(await codeOf(PASSWORD, deviceToken)).toBe('SIGNED_IN')
  })

  test.each(['', 'x', '.'.repeat(200), 'é'.repeat(43), 'a'.repeat(5_000)])('%j', async (deviceToken) => {
    expect(await codeOf('wrong', deviceToken)).toBe('INVALID_CREDENTIALS')
    expect(await codeOf(PASSWORD, deviceToken)).toBe('SIGNED_IN')
  })

  test('a token that was signed by another secret; one of a secret that is still listed is taken', () => {
    const { clock } = api
    const user = { id: person.userId, authEpoch: 0 }
    const [older, newer] = ['an older secret '.repeat(3), 'a newer secret '.repeat(3)]
    const token = new DeviceTokens({ keys: new SecretKeys([older]), clock }).make(user)
    const both = new DeviceTokens({ keys: new SecretKeys([newer, older]), clock })
    expect(both.read(token)?.userId).toBe(person.userId)
    expect(new DeviceTokens({ keys: new SecretKeys([newer]), clock }).read(token)).toBeNull()
  })

  test('a token that is a year old', async () => {
    const { deviceToken } = await attempt(PASSWORD)
    await attack()
    api.clock.advance(365 * DAY - 1)
    expect(await codeOf(PASSWORD, deviceToken)).toBe('SIGNED_IN')
    api.clock.advance(1)
    expect(await codeOf(PASSWORD, deviceToken)).toBe('TOO_MANY_ATTEMPTS')
  })
})

test('a device token signs nobody in', async () => {
  const { deviceToken } = await attempt(PASSWORD)
  const { status } = await api.request('{ me { id } }', {}, { token: deviceToken })
  expect(status).toBe(401)
  expect(await codeOf('wrong', deviceToken)).toBe('INVALID_CREDENTIALS')
})

/**
 * Attack: somebody who learnt the password signs in, and its owner does not notice.
 */
describe('R4: a sign-in', () => {
  test('from a new device is told by mail, with what is known of it, and one from a known device is not', async () => {
    const { data } = await api.request<{ signIn: { deviceToken: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { deviceToken } }',
      { input: { email: person.email, password: PASSWORD } },
      { headers: { ...fromClient(api, '203.0.113.5'), [CLIENT_USER_AGENT_HEADER]: FIREFOX } },
    )
    const [mail] = await newDeviceMails()
    expect(mail?.text.replaceAll('\n', ' ')).toContain(
      'Firefox on Windows, at the network address 203.0.113.5',
    )
    expect(mail?.links[0]).toMatch(/^http:\/\/localhost:3000\/security\/not-me\?token=[\w-]{43}$/)
    api.mailbox.clear()
    await attempt(PASSWORD, data.signIn.deviceToken)
    expect(await newDeviceMails()).toEqual([])
  })

  test('that fails is told to nobody by such a mail', async () => {
    await codeOf('wrong')
    expect(await newDeviceMails()).toEqual([])
  })

  test('that ends a sign-up is none: its device is known from then on', async () => {
    const link = await requestSignUpLink(api, 'just-now@example.com')
    const { data } = await api.request<{ completeSignUp: { deviceToken: string } }>(
      'mutation ($input: CompleteSignUpInput!) { completeSignUp(input: $input) { deviceToken } }',
      { input: { token: link.searchParams.get('token'), password: PASSWORD } },
    )
    const { deviceToken } = data.completeSignUp
    await signIn(api, { email: 'just-now@example.com', password: PASSWORD, deviceToken })
    expect(await newDeviceMails('just-now@example.com')).toEqual([])
  })

  /** A thief's device was known; after the owner ended its login, its next sign-in must not go by unseen. */
  test('from a device whose login was ended with all others is from a new one', async () => {
    const thiefs = (await attempt(PASSWORD)).deviceToken
    await confirmLogins(api, person.userId)
    await api.request('mutation { revokeOtherLogins { userErrors { code } } }', {}, { token: person.token })
    await api.worker.runDueJobs()
    api.mailbox.clear()
    await attempt(PASSWORD, thiefs)
    expect(await newDeviceMails()).toHaveLength(1)
  })

  /** Strangers fail at the new address; the owner must not be one of them, nor be told of their own device. */
  test('after a change of address is from a known device where it was confirmed, and no other is kept out', async () => {
    const elsewhere = (await attempt(PASSWORD)).deviceToken
    await confirmLogins(api, person.userId)
    const newEmail = `new-${person.email}`
    await mutate(api, 'requestEmailChange', { newEmail }, { token: person.token })
    const token = await mailedToken(api, newEmail, '/confirm-email')
    const { data } = await api.request<{ confirmEmailChange: { deviceToken: string } }>(
      'mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { deviceToken } }',
      { input: { token } },
      { token: person.token },
    )
    person = { ...person, email: newEmail }
    api.mailbox.clear()
    await attack()
    expect(await codeOf(PASSWORD)).toBe('TOO_MANY_ATTEMPTS')
    expect(await codeOf(PASSWORD, data.confirmEmailChange.deviceToken)).toBe('SIGNED_IN')
    expect(await newDeviceMails()).toEqual([])
    expect(await codeOf(PASSWORD, elsewhere)).toBe('SIGNED_IN')
    expect(await newDeviceMails()).toHaveLength(1)
  })

  test('after all others were ended is from a known device where that was done', async () => {
    await confirmLogins(api, person.userId)
    const { data } = await api.request<{ revokeOtherLogins: { deviceToken: string } }>(
      'mutation { revokeOtherLogins { deviceToken } }',
      {},
      { token: person.token },
    )
    await attempt(PASSWORD, data.revokeOtherLogins.deviceToken)
    expect(await newDeviceMails()).toEqual([])
  })

  test('after an account of a provider was unlinked is from a known device where that was done', async () => {
    await confirmLogins(api, person.userId)
    await api.sql(
      "insert into accounts (provider, provider_account_id, user_id, type) values ('example', 'subject', ?, 'oidc')",
      [person.userId],
    )
    const { data } = await api.request<{ unlinkAccount: { deviceToken: string } }>(
      `mutation {
        unlinkAccount(input: { provider: "example", providerAccountId: "subject" }) { deviceToken } }`,
      {},
      { token: person.token },
    )
    await attempt(PASSWORD, data.unlinkAccount.deviceToken)
    expect(await newDeviceMails()).toEqual([])
  })

  test('after a change of password is from a known device where it was changed, and nowhere else', async () => {
    const elsewhere = (await attempt(PASSWORD)).deviceToken
    const { data } = await api.request<{ changePassword: { deviceToken: string } }>(
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { deviceToken } }',
      { input: { currentPassword: PASSWORD, newPassword: `${PASSWORD}, again` } },
      { token: person.token },
    )
    await api.worker.runDueJobs()
    api.mailbox.clear()
    await attempt(`${PASSWORD}, again`, data.changePassword.deviceToken)
    expect(await newDeviceMails()).toEqual([])
    await attempt(`${PASSWORD}, again`, elsewhere)
    expect(await newDeviceMails()).toHaveLength(1)
  })

  /** Whoever signs in again and again must not use up the mail that tells of a change. */
  test('is told five times an hour, and what else happens is told all the same', async () => {
    for (let i = 0; i < 7; i += 1) await attempt(PASSWORD)
    expect(await newDeviceMails()).toHaveLength(5)
    await mutate(
      api,
      'changePassword',
      { currentPassword: PASSWORD, newPassword: `${PASSWORD}, again` },
      { token: person.token },
    )
    const subjects = (await mailsTo(api, person.email)).map(({ subject }) => subject)
    expect(subjects).toContain('Your password was changed')
    await passThrottleTime(api, HOUR)
  })
})
