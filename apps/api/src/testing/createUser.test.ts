import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from './createTestApi.ts'
import { createUser } from './createUser.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

test('a created user is signed in, each as nobody else', async () => {
  const first = await createUser(api, { name: 'Ada' })
  const second = await createUser(api)
  const answer = await api.request('{ me { id email name } }', {}, { token: first.token })
  expect(answer.data).toEqual({
    me: { id: publicId.from('user', first.userId), email: first.email, name: 'Ada' },
  })
  const other = await api.request('{ me { id } }', {}, { token: second.token })
  expect(other.data).toEqual({ me: { id: publicId.from('user', second.userId) } })
})
