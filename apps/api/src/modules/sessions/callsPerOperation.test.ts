import { MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Calls, countCalls } from '../../testing/countCalls.ts'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'

let api: TestApi
let user: TestUser
beforeAll(async () => {
  api = await createTestApi()
  user = await createUser(api)
})
afterAll(() => api.close())

async function callsOf(
  text: string,
  input?: object,
  by: { token: string } = user,
): Promise<Calls & { id: string }> {
  const { answer, ...calls } = await countCalls(api, () =>
    api.request<Record<string, { session?: { id: string } } | null> | null>(text, input && { input }, by),
  )
  return { ...calls, id: Object.values(answer.data ?? {})[0]?.session?.id ?? '' }
}

const mutation = (name: string) =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { session { id } } }`

test('no operation asks more of PostgreSQL and Redis by a key than by a login', async () => {
  const key = await createApiKey(api, await createUser(api))
  // In the minute of its first use, which is written down.
  await callsOf('{ __typename }', undefined, key)
  const started = await callsOf(mutation('startSession'), {}, key)
  const { id } = started
  const calls = {
    me: await callsOf('{ me { id email name } }', undefined, key),
    'refused for want of a scope': await callsOf('{ me { logins { id } } }', undefined, key),
    start: started,
    beat: await callsOf(mutation('refreshSession'), { id }, key),
    page: await callsOf('{ me { sessions(first: 20) { nodes { id } } } }', undefined, key),
    end: await callsOf(mutation('endSession'), { id }, key),
  }
  expect(Object.entries(calls).map(([name, { postgres, redis }]) => [name, postgres, redis])).toEqual([
    ['me', 1, ''],
    ['refused for want of a scope', 1, ''],
    ['start', 2, 'set zadd'],
    ['beat', 1, 'expire zadd'],
    ['page', 2, 'zscore'],
    ['end', 2, 'del zrem zscore'],
  ])
})

test('no operation asks more of PostgreSQL and Redis than it must', async () => {
  const started = await callsOf(mutation('startSession'), {})
  const { id } = started
  api.clock.advance(MINUTE)
  const calls = {
    me: await callsOf('{ me { id email name } }'),
    'live session': await callsOf('{ me { liveSession { id } } }'),
    start: started,
    beat: await callsOf(mutation('refreshSession'), { id }),
    page: await callsOf('{ me { sessions(first: 20) { nodes { id } } } }'),
    end: await callsOf(mutation('endSession'), { id }),
    'page of what is over': await callsOf('{ me { sessions(first: 20) { nodes { id } } } }'),
  }
  expect(Object.entries(calls).map(([name, { postgres, redis }]) => [name, postgres, redis])).toEqual([
    ['me', 1, ''],
    ['live session', 1, 'zscore'],
    ['start', 2, 'set zadd'],
    ['beat', 1, 'expire zadd'],
    ['page', 2, 'zscore'],
    ['end', 2, 'del zrem zscore'],
    ['page of what is over', 2, ''],
  ])
})
