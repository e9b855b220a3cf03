import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser } from '../../../testing/createUser.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { fromClient, signIn } from '../../../testing/signIn.ts'
import { throttleLimits } from '../throttles/throttleLimits.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

async function verify(input: Record<string, string>, clientAddress = '198.51.100.1') {
  const { data } = await api.request<{
    verifySecondFactor: {
      user: object | null
      token: string | null
      userErrors: { code: string; path: string[] | null }[]
    }
  }>(
    `mutation ($input: VerifySecondFactorInput!) {
      verifySecondFactor(input: $input) { user { id } token expiresAt userErrors { code path } }
    }`,
    { input },
    { headers: fromClient(api, clientAddress) },
  )
  return data.verifySecondFactor
}

test('nobody has a second factor or recovery codes, and a sign-in asks for none', async () => {
  const { email, token } = await createUser(api)
  await setPassword(api, { email, password: PASSWORD })
  const { data } = await api.request(
    '{ me { hasPassword secondFactors { id kind name createdAt lastUsedAt } recoveryCodesLeft } }',
    {},
    { token },
  )
  expect(data['me']).toEqual({ hasPassword: true, secondFactors: [], recoveryCodesLeft: 0 })
  const signedIn = await api.request(
    `mutation ($input: SignInInput!) {
      signIn(input: $input) { secondFactorTicket secondFactorKinds userErrors { code } } }`,
    { input: { email, password: PASSWORD } },
  )
  expect(signedIn.data['signIn']).toEqual({
    secondFactorTicket: null,
    secondFactorKinds: null,
    userErrors: [],
  })
})

test('hasPassword is false for who was given none, and read once however often it is asked for', async () => {
  const { token } = await createUser(api)
  const earlier = api.statements.length
  const { data } = await api.request('{ me { a: hasPassword b: hasPassword } }', {}, { token })
  expect(data['me']).toEqual({ a: false, b: false })
  expect(api.statements.length - earlier).toBe(2)
})

test.each([
  [{ ticket: 'anything', code: '123456' }, ['INVALID_TOKEN', 'ticket']],
  [{ ticket: '', code: '123456' }, ['INVALID_TOKEN', 'ticket']],
  [{ ticket: 'anything', code: ' ' }, ['INVALID_INPUT', 'code']],
  [{ ticket: 'x'.repeat(201), code: '123456' }, ['INVALID_INPUT', 'ticket']],
  [{ ticket: 'anything', code: '1'.repeat(201) }, ['INVALID_INPUT', 'code']],
])('no ticket signs anybody in: case %#', async (input, [code, field]) => {
  expect(await verify(input)).toEqual({
    user: null,
    token: null,
    expiresAt: null,
    userErrors: [{ code, path: [field] }],
  })
})

/**
 * Attack: tickets or codes are guessed where no limit on passwords stands in the way.
 */
test('S4: a second step counts for the client address like a first one', async () => {
  const address = '203.0.113.9'
  const { points } = throttleLimits.signInsPerClient
  for (let i = 0; i < points; i += 1) await verify({ ticket: `guess ${i}`, code: '123456' }, address)
  expect((await verify({ ticket: 'guess', code: '123456' }, address)).userErrors).toMatchObject([
    { code: 'TOO_MANY_ATTEMPTS' },
  ])
  const { data } = await signIn(api, {
    email: 'somebody@example.com',
    password: 'guess',
    clientAddress: address,
  })
  expect(data.signIn.userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }])
})

/**
 * Attack: a hundred guesses in one document.
 */
test('S4: a document holds one second step, and none beside a sign-in', async () => {
  for (const other of [
    'b: verifySecondFactor(input: { ticket: "x", code: "2" }) { token }',
    'b: signIn(input: { email: "somebody@example.com", password: "guess" }) { token }',
  ]) {
    const { status } = await api.request(
      `mutation { a: verifySecondFactor(input: { ticket: "x", code: "1" }) { token } ${other} }`,
    )
    expect(status).toBe(400)
  }
})
