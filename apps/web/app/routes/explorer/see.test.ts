import { expect, test } from 'vitest'
import { see } from './see.ts'

const nothing = { sessionId: null, endCursor: null }

test('a session that was started is the one that the next examples keep alive and end', () => {
  const seen = see(nothing, { data: { startSession: { session: { id: 'session_1' } } } })
  expect(seen.sessionId).toBe('session_1')
  expect(see(seen, { data: { me: { id: 'user_1' } } }).sessionId).toBe('session_1')
})

test('the next page begins where the one before ended, and after the last comes the first', () => {
  const page = (pageInfo: object) => ({ data: { me: { sessions: { pageInfo } } } })
  const first = see(nothing, page({ hasNextPage: true, endCursor: 'c1' }))
  expect(first.endCursor).toBe('c1')
  expect(see(first, page({ hasNextPage: false, endCursor: 'c2' })).endCursor).toBeNull()
})

test('answers of any shape are looked at without breaking', () => {
  for (const answer of [null, 'text', 5, [], {}, { data: null }, { data: { me: null } }, { errors: [{}] }])
    expect(see(nothing, answer)).toEqual(nothing)
})
