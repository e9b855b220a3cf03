import { MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { createUser } from '../../../testing/createUser.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

function updateProfile(token: string | null, input: Record<string, unknown>) {
  return api.request<{ updateProfile: { user: unknown; userErrors: unknown } }>(
    `mutation ($input: UpdateProfileInput!) {
      updateProfile(input: $input) { user { name updatedAt } userErrors { code path } }
    }`,
    { input },
    { token },
  )
}

test('a name is changed, trimmed, and the time of the change is kept', async () => {
  const { token } = await createUser(api, { name: 'Ada' })
  api.clock.advance(MINUTE)
  const { data } = await updateProfile(token, { name: '  Ada Lovelace ' })
  const updatedAt = api.clock.now().toISOString()
  expect(data.updateProfile).toEqual({ user: { name: 'Ada Lovelace', updatedAt }, userErrors: [] })
  const me = await api.request('{ me { name updatedAt } }', {}, { token })
  expect(me.data).toEqual({ me: { name: 'Ada Lovelace', updatedAt } })
})

test.each([
  ['left out, stays', {}, 'Ada'],
  ['null, is cleared', { name: null }, null],
  ['of blanks, is cleared', { name: ' \t ' }, null],
  ['of 255 code points, is taken', { name: '🌊'.repeat(255) }, '🌊'.repeat(255)],
])('a name that is %s', async (_what, input, name) => {
  const { token } = await createUser(api, { name: 'Ada' })
  const { data } = await updateProfile(token, input)
  expect(data.updateProfile).toMatchObject({ user: { name }, userErrors: [] })
})

test.each([
  ['of 256 code points', '🌊'.repeat(256)],
  ['with a line break', 'Ada\nLovelace'],
  ['with a NUL', 'Ada\0'],
])('a name %s is refused beside its field, and changes nothing', async (_what, name) => {
  const { token } = await createUser(api, { name: 'Ada' })
  const { data } = await updateProfile(token, { name })
  expect(data.updateProfile).toEqual({ user: null, userErrors: [{ code: 'INVALID_INPUT', path: ['name'] }] })
  expect((await api.request('{ me { name } }', {}, { token })).data).toEqual({ me: { name: 'Ada' } })
})

test('a name is stored as it is written, whatever is in it', async () => {
  const { token } = await createUser(api)
  for (const name of [`Robert'); drop table users; --`, '<script>alert(1)</script>', '? ?? :name $1 \\']) {
    expect((await updateProfile(token, { name })).data.updateProfile).toMatchObject({ user: { name } })
    expect((await api.request('{ me { name } }', {}, { token })).data).toEqual({ me: { name } })
  }
})

test('updateProfile needs a login', async () => {
  const { errors } = await updateProfile(null, { name: 'Ada' })
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})
