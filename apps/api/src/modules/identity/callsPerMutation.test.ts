import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmLogins } from '../../testing/confirmLogins.ts'
import { countCalls } from '../../testing/countCalls.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser } from '../../testing/createUser.ts'
import { setPassword } from '../../testing/setPassword.ts'
import { signIn } from '../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'
const NEW_PASSWORD = 'an evening in the high hills'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

type Payload = {
  token?: string | null
  deviceToken?: string | null
  apiKey?: { id: string } | null
  userErrors: { code: string }[]
}

/** What a hot mutation asks of PostgreSQL, `begin` and `commit` included, and of Redis, where one evalsha is its points, beside the answer that is expected. */
async function callsOf(
  name: string,
  input: object | null,
  { token, code, fields = '' }: { token?: string; code?: string; fields?: string } = {},
) {
  const inputType = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
  const document = input
    ? `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${fields} userErrors { code } } }`
    : `mutation { ${name} { ${fields} userErrors { code } } }`
  // A document's first run is not a hot one's: it takes points for being read, and then for what it asks.
  await api.request(document, input ? { input: 5 } : {})
  // And a credential that is new to the process pays for being looked up, and gets it back.
  if (token) await api.request('{ __typename }', {}, { token })
  const { answer, postgres, redis } = await countCalls(api, () =>
    api.request<Record<string, Payload>>(document, input ? { input } : {}, { token: token ?? null }),
  )
  const payload = answer.data[name]
  expect(payload?.userErrors.map((error) => error.code)).toEqual(code === undefined ? [] : [code])
  return { calls: [postgres, redis], payload }
}

test('no mutation of identity asks more of PostgreSQL and Redis than it must', async () => {
  const { userId, email } = await createUser(api)
  await setPassword(api, { email, password: PASSWORD })
  // Redis knows the script of the counts from their first use on.
  await signIn(api, { email, password: 'wrong' })
  const device = { fields: 'token deviceToken' }
  const first = await callsOf('signIn', { email, password: PASSWORD }, device)
  const deviceToken = first.payload?.deviceToken
  const wrong = { code: 'INVALID_CREDENTIALS' }
  const failed = await callsOf('signIn', { email, password: 'wrong' }, wrong)
  const known = await callsOf('signIn', { email, password: PASSWORD, deviceToken }, device)
  const token = known.payload?.token ?? ''
  const proven = await callsOf('confirmIdentity', { password: PASSWORD }, { token, fields: 'token' })
  const renewed = proven.payload?.token ?? ''
  const other = (await signIn(api, { email, password: PASSWORD })).data.signIn.token ?? ''
  await confirmLogins(api, userId)
  const [oldest] = await api.sql<{ id: string }>(
    'select id from logins where user_id = ? order by id limit 1',
    [userId],
  )
  const id = publicId.from('login', oldest?.id ?? '')
  const made = await callsOf(
    'createApiKey',
    { name: 'nightly export', scopes: ['SESSIONS_READ'] },
    { token: renewed, fields: 'apiKey { id }' },
  )
  const calls = {
    'signIn, from a new device': first.calls,
    'signIn, refused': failed.calls,
    'signIn, from a known device': known.calls,
    confirmIdentity: proven.calls,
    requestSignUp: (await callsOf('requestSignUp', { email: 'new@example.com' })).calls,
    requestPasswordReset: (await callsOf('requestPasswordReset', { email })).calls,
    'resetPassword, by a void link': (
      await callsOf(
        'resetPassword',
        { token: 'A'.repeat(43), password: NEW_PASSWORD },
        { code: 'INVALID_TOKEN' },
      )
    ).calls,
    revokeLogin: (await callsOf('revokeLogin', { id }, { token: renewed })).calls,
    createApiKey: made.calls,
    revokeApiKey: (await callsOf('revokeApiKey', { id: made.payload?.apiKey?.id ?? '' }, { token: renewed }))
      .calls,
    changePassword: (
      await callsOf(
        'changePassword',
        { currentPassword: PASSWORD, newPassword: NEW_PASSWORD },
        { token: other, fields: 'token' },
      )
    ).calls,
  }
  const { data } = await signIn(api, { email, password: NEW_PASSWORD })
  const signedOut = await callsOf('signOut', null, { token: data.signIn.token ?? '' })
  const told = Object.entries({ ...calls, signOut: signedOut.calls })
  expect(told.map(([name, [postgres, redis]]) => [name, postgres, redis])).toEqual([
    ['signIn, from a new device', 6, 'del del evalsha evalsha evalsha evalsha'],
    ['signIn, refused', 2, 'evalsha evalsha evalsha'],
    ['signIn, from a known device', 6, 'del del evalsha evalsha'],
    ['confirmIdentity', 3, 'del del evalsha evalsha evalsha evalsha'],
    ['requestSignUp', 1, 'evalsha evalsha'],
    ['requestPasswordReset', 1, 'evalsha evalsha'],
    ['resetPassword, by a void link', 1, 'evalsha'],
    ['revokeLogin', 7, 'evalsha'],
    ['createApiKey', 9, 'evalsha evalsha'],
    ['revokeApiKey', 7, 'evalsha'],
    ['changePassword', 11, 'del del evalsha evalsha evalsha evalsha'],
    ['signOut', 6, 'evalsha'],
  ])
})
