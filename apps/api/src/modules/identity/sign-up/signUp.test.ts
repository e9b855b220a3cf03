import { publicId } from '@wellness/domain/publicId'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../../testing/createTestApi.ts'
import { PASSWORD, requestSignUpLink } from '../../../testing/signUp.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const COMPLETE = `mutation ($input: CompleteSignUpInput!) {
  completeSignUp(input: $input) {
    user { id email name emailVerifiedAt createdAt accounts { provider } } token expiresAt
    userErrors { code message path retryAfterSeconds }
  }
}`

interface Completed {
  completeSignUp: {
    user: { id: string; email: string } | null
    token: string | null
    expiresAt: string | null
    userErrors: { code: string }[]
  }
}

test('signing up by mail makes a user who is signed in', async () => {
  const link = await requestSignUpLink(api, 'Ada@Example.COM')
  expect(`${link.origin}${link.pathname}`).toBe('http://localhost:3000/sign-up/complete')
  const { data } = await api.request<Completed>(COMPLETE, {
    input: { token: link.searchParams.get('token'), password: PASSWORD, name: '  Ada  ' },
  })
  expect(data.completeSignUp).toMatchObject({
    user: {
      email: 'ada@example.com',
      name: 'Ada',
      emailVerifiedAt: api.clock.now().toISOString(),
      accounts: [],
    },
    userErrors: [],
  })
  const me = await api.request('{ me { id email } }', {}, { token: data.completeSignUp.token })
  expect(me.data).toEqual({ me: { id: data.completeSignUp.user?.id, email: 'ada@example.com' } })
  expect(publicId.parse('user', data.completeSignUp.user?.id ?? '')).not.toBeNull()
})
