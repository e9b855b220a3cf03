import { MINUTE } from '@wellness/domain/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Calls, countCalls } from '../../testing/countCalls.ts'
import { createApiKey } from '../../testing/createApiKey.ts'
import { createTestApi, type TestApi } from '../../testing/createTestApi.ts'
import { createUser, type TestUser } from '../../testing/createUser.ts'

let api: TestApi
let user: TestUser
let somebodyElse: TestUser
beforeAll(async () => {
  api = await createTestApi()
  user = await createUser(api)
  somebodyElse = await createUser(api)
})
afterAll(() => api.close())

/** What a hot operation asks of the stores; its points are taken by evalsha. */
async function callsOf(
  text: string,
  input?: object,
  by: { token: string } = user,
): Promise<Calls & { id: string }> {
  // A document's first run is not a hot one's: it takes points for being read, and then for what it asks.
  await api.request(text, input && { input }, somebodyElse)
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
    // Its points are given back.
    'refused for want of a scope': await callsOf('{ me { logins { id } } }', undefined, key),
    start: started,
    beat: await callsOf(mutation('refreshSession'), { id }, key),
    page: await callsOf('{ me { sessions(first: 1) { nodes { id } } } }', undefined, key),
    end: await callsOf(mutation('endSession'), { id }, key),
  }
  expect(Object.entries(calls).map(([name, { postgres, redis }]) => [name, postgres, redis])).toEqual([
    ['me', 1, 'evalsha'],
    ['refused for want of a scope', 1, 'evalsha evalsha'],
    ['start', 2, 'evalsha set zadd'],
    ['beat', 1, 'evalsha expire zadd'],
    ['page', 2, 'evalsha zscore'],
    ['end', 2, 'del evalsha zrem zscore'],
  ])
})

test('no operation asks more of PostgreSQL and Redis than it must', async () => {
  // A credential that is new to the process pays for being looked up, and gets it back.
  await callsOf('{ __typename }')
  const started = await callsOf(mutation('startSession'), {})
  const { id } = started
  api.clock.advance(MINUTE)
  const calls = {
    me: await callsOf('{ me { id email name } }'),
    'live session': await callsOf('{ me { liveSession { id } } }'),
    start: started,
    beat: await callsOf(mutation('refreshSession'), { id }),
    'full page': await callsOf('{ me { sessions(first: 1) { nodes { id } } } }'),
    // Points for what was not there are given back, which nobody waits for.
    'page that was not full': await callsOf('{ me { sessions(first: 20) { nodes { id } } } }'),
    end: await callsOf(mutation('endSession'), { id }),
    'page of what is over': await callsOf('{ me { sessions(first: 1) { nodes { id } } } }'),
  }
  expect(Object.entries(calls).map(([name, { postgres, redis }]) => [name, postgres, redis])).toEqual([
    ['me', 1, 'evalsha'],
    ['live session', 1, 'evalsha zscore'],
    ['start', 2, 'evalsha set zadd'],
    ['beat', 1, 'evalsha expire zadd'],
    ['full page', 2, 'evalsha zscore'],
    ['page that was not full', 2, 'evalsha evalsha zscore'],
    ['end', 2, 'del evalsha zrem zscore'],
    ['page of what is over', 2, 'evalsha'],
  ])
})
