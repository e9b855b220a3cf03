import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmLogins } from '../../../testing/confirmLogins.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../../testing/createUser.ts'
import { setPassword } from '../../../testing/setPassword.ts'
import { signIn } from '../../../testing/signIn.ts'

const PASSWORD = 'a quiet morning by the sea'

let api: TestApi
let person: TestUser
let subject = 0
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  person = await createUser(api)
  await confirmLogins(api, person.userId)
})

async function link(userId: string): Promise<string> {
  subject += 1
  await api.sql(
    `insert into accounts (provider, provider_account_id, user_id, type) values ('example', ?, ?, 'oidc')`,
    [`subject-${subject}`, userId],
  )
  return `subject-${subject}`
}

async function unlink(providerAccountId: string, token = person.token) {
  const { data } = await api.request<{
    unlinkAccount: {
      user: { accounts: { providerAccountId: string }[] } | null
      userErrors: { code: string }[]
    }
  }>(
    `mutation ($input: UnlinkAccountInput!) {
      unlinkAccount(input: $input) { user { accounts { providerAccountId } } userErrors { code } } }`,
    { input: { provider: 'example', providerAccountId } },
    { token },
  )
  const { user, userErrors } = data.unlinkAccount
  return {
    left: user?.accounts.map(({ providerAccountId: left }) => left),
    codes: userErrors.map(({ code }) => code),
  }
}

const statusOf = async (token: string) => (await api.request('{ me { id } }', {}, { token })).status
const eventsOf = (userId: string) => api.sql('select kind from security_events where user_id = ?', [userId])

/**
 * Attack: whoever came in by a linked account stays signed in after its owner has unlinked it.
 */
test('L6: an account is unlinked, every other login ends, and the owner can read of it', async () => {
  const [first, second] = [await link(person.userId), await link(person.userId)]
  await setPassword(api, { email: person.email, password: PASSWORD })
  const { data } = await signIn(api, { email: person.email, password: PASSWORD })
  expect(await unlink(first)).toEqual({ left: [second], codes: [] })
  expect(await statusOf(data.signIn.token ?? '')).toBe(401)
  expect(await statusOf(person.token)).toBe(200)
  expect(await eventsOf(person.userId)).toContainEqual({ kind: 'ACCOUNT_UNLINKED' })
})

/**
 * Attack, or a slip: the last way to sign in is taken away, and the account is nobody's any more.
 */
test('the last way to sign in stays, and of two that are unlinked at once one stays', async () => {
  const [first, second] = [await link(person.userId), await link(person.userId)]
  const both = await Promise.all([unlink(first), unlink(second)])
  expect(both.flatMap(({ codes }) => codes)).toEqual(['LAST_SIGN_IN_METHOD'])
  expect(await api.sql('select 1 from accounts where user_id = ?', [person.userId])).toHaveLength(1)

  await setPassword(api, { email: person.email, password: PASSWORD })
  const [left] = await api.sql<{ id: string }>(
    'select provider_account_id as id from accounts where user_id = ?',
    [person.userId],
  )
  expect(await unlink(left?.id ?? '')).toEqual({ left: [], codes: [] })
})

/**
 * Attack: somebody unlinks the account of another person, or learns whether it is linked.
 */
test('A24: another person’s account is NOT_FOUND like a missing one, and stays linked', async () => {
  const other = await createUser(api)
  const theirs = await link(other.userId)
  await link(person.userId)
  expect(await unlink(theirs)).toEqual({ left: undefined, codes: ['NOT_FOUND'] })
  expect(await unlink('nobody')).toEqual({ left: undefined, codes: ['NOT_FOUND'] })
  expect(await api.sql('select 1 from accounts where user_id = ?', [other.userId])).toHaveLength(1)
  expect(await eventsOf(person.userId)).toEqual([])
})

/**
 * Attack: text that PostgreSQL cannot hold makes the server fail, and its log fill, at will.
 */
test('an account whose name has a NUL is NOT_FOUND like any that is missing', async () => {
  await link(person.userId)
  expect(await unlink('subject\0')).toEqual({ left: undefined, codes: ['NOT_FOUND'] })
})
