import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

test('me is null without a credential', async () => {
  const answer = await api.request('{ me { id } }')
  expect(answer).toMatchObject({ status: 200, data: { me: null } })
})

test('a credential that is not valid is refused before anything runs', async () => {
  const answer = await api.request('{ me { id } }', {}, { token: 'a'.repeat(43) })
  expect(answer.status).toBe(401)
  expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})
