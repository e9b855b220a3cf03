import { expect, test } from 'vitest'
import { requireSuccess } from './requireSuccess.ts'
import { UserErrorsError } from './userErrorsError.ts'

test('a payload without user errors is given back, one with them is thrown with all of them', () => {
  const payload = { session: { id: 'session_1' }, userErrors: [] }
  expect(requireSuccess(payload)).toBe(payload)

  const userErrors = (['SESSION_OVER', 'NOT_FOUND'] as const).map((code) => ({
    code,
    message: `${code}.`,
    path: null,
    retryAfterSeconds: null,
  }))
  const error = (() => {
    try {
      return requireSuccess({ userErrors })
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toBeInstanceOf(UserErrorsError)
  expect(error).toMatchObject({ message: 'SESSION_OVER.', userErrors })
})
