import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

/** They ask for 200 where a document or a variable is wrong; we answer 400 to those who accept plain JSON, too. */
const DEPARTURES = ['572B', '7B9B', 'FDE2']

test('every audit of GraphQL over HTTP passes but those that want 200 for a refused request', async () => {
  const results = await auditServer({
    url: `${api.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set('apollo-require-preflight', 'true')
      return fetch(url, { ...init, headers })
    },
  })
  const failed = results.filter(({ status }) => status !== 'ok')
  await Promise.all(failed.map(async (result) => 'response' in result && result.response.body?.cancel()))
  expect(results).toHaveLength(61)
  expect(failed.map(({ id }) => id).sort()).toEqual(DEPARTURES)
})
