import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { completeSignUp } from '../../../testing/completeSignUp.ts'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { requestSignUpLink } from '../../../testing/requestSignUp.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

test('signing up by mail makes a user who is signed in', async () => {
  const link = await requestSignUpLink(api, 'Ada@Example.COM')
  expect(`${link.origin}${link.pathname}`).toBe('http://localhost:3000/sign-up/complete')
  expect([...link.searchParams.keys()]).toEqual(['token'])

  const { user, token, expiresAt, userErrors } = await completeSignUp(api, link, { name: '  Ada  ' })
  const now = api.clock.now().toISOString()
  expect(userErrors).toEqual([])
  expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada', emailVerifiedAt: now, accounts: [] })
  expect(new Date(expiresAt ?? '').getTime()).toBe(api.clock.now().getTime() + 30 * 24 * 3_600_000)
  const me = await api.request('{ me { id email } }', {}, { token })
  expect(me.data).toEqual({ me: { id: user?.id, email: 'ada@example.com' } })
  expect(publicId.parse('user', user?.id ?? '')).not.toBeNull()
})

test.each([
  ['left out', undefined, null],
  ['null', null, null],
  ['blanks', '   ', null],
  ['of 255 code points', '🌿'.repeat(255), '🌿'.repeat(255)],
])('a name that is %s signs up', async (what, name, stored) => {
  const link = await requestSignUpLink(api, `name-${what.replaceAll(' ', '-')}@example.com`)
  const { user } = await completeSignUp(api, link, { name })
  expect(user).toMatchObject({ name: stored })
})

test('a name that is too long is answered beside its field, and leaves the link usable', async () => {
  const link = await requestSignUpLink(api, 'long-name@example.com')
  const refused = await completeSignUp(api, link, { name: 'a'.repeat(256) })
  expect(refused).toMatchObject({
    user: null,
    token: null,
    userErrors: [{ code: 'INVALID_INPUT', path: ['name'] }],
  })
  expect((await completeSignUp(api, link)).userErrors).toEqual([])
})

test('what is no address is answered beside its field, and no job is made of it', async () => {
  for (const email of [
    '',
    ' ',
    'ada',
    'ada@',
    '@example.com',
    `${'a'.repeat(250)}@example.com`,
    'a@b@example.com',
  ]) {
    const { data } = await api.request<{ requestSignUp: { userErrors: unknown } }>(
      'mutation ($input: RequestSignUpInput!) { requestSignUp(input: $input) { userErrors { code path message } } }',
      { input: { email } },
    )
    expect(data.requestSignUp.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['email'] }])
  }
  expect(await api.sql('select * from graphile_worker.jobs')).toEqual([])
})

test('signing up is told among the security events, in the transaction of the user', async () => {
  const link = await requestSignUpLink(api, 'event@example.com')
  await completeSignUp(api, link)
  const events = await api.sql(
    'select e.kind, e.ip_address from security_events e join users u on u.id = e.user_id where u.email = ?',
    ['event@example.com'],
  )
  expect(events).toEqual([{ kind: 'SIGNED_UP', ip_address: '127.0.0.1' }])
})
