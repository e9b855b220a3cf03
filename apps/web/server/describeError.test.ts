import { ApiError } from '@wellness/api-client/apiError'
import { ApiUnreachableError } from '@wellness/api-client/apiUnreachableError'
import { expect, test } from 'vitest'
import { describeError } from './describeError.ts'

const TYPED = 'quiet lamp by the sea'

/** Whoever reads the log must not learn what people typed: libraries quote it in what they say of it. */
test.each<[string, unknown]>([
  ['a message', new Error(`"${TYPED}" is an invalid header value`)],
  ['lines of a message', new TypeError(`first\n${TYPED}\nlast`)],
  ['a cause', new Error('outer', { cause: new Error(TYPED) })],
  ['a cause that is no error', new Error('outer', { cause: TYPED })],
  [
    'what the API says of a variable',
    new ApiError(`Variable "$input" got invalid value "${TYPED}"`, {
      code: 'BAD_USER_INPUT',
      status: 400,
      requestId: 'request-1',
      retryAfterSeconds: null,
    }),
  ],
  ['a field', Object.assign(new Error('x'), { input: TYPED, form: { password: TYPED } })],
  ['a thrown text', TYPED],
  ['an answer that was thrown', { status: 404, data: TYPED }],
])('%s brings nothing that was typed into the log', (_where, error) => {
  expect(JSON.stringify(describeError(error))).not.toContain('lamp')
})

test('what is kept tells what failed and where', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  expect(describeError(new ApiUnreachableError('No answer from http://api', { cause }))).toMatchObject({
    type: 'ApiUnreachableError',
    message: 'No answer from http://api',
    stack: expect.arrayContaining([expect.stringContaining('describeError.test.ts')]),
    cause: { type: 'Error', code: 'ECONNREFUSED' },
  })
})
