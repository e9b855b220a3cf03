import { GraphQLError } from 'graphql'
import type { ErrorCode } from '../errorCode.ts'

const problems = {
  misplaced: [
    'BAD_REQUEST',
    400,
    'Idempotency-Key goes with a document of one mutation, with a single field.',
  ],
  anonymous: ['BAD_REQUEST', 400, 'Idempotency-Key needs a login or an API key, whose request it is.'],
  secret: [
    'BAD_REQUEST',
    400,
    'This mutation takes no Idempotency-Key: it checks or tells a secret, and such an answer is kept nowhere.',
  ],
  unreadable: ['BAD_REQUEST', 400, 'The variables nest too deep.'],
  conflict: [
    'CONFLICT',
    409,
    'This Idempotency-Key was used for another document or other variables. Make a new one.',
  ],
  running: [
    'IN_PROGRESS',
    409,
    'The first request with this Idempotency-Key is still running. Ask again after a moment, with the same key.',
  ],
  lost: [
    'OUTCOME_UNKNOWN',
    409,
    'The first request with this Idempotency-Key was cut off, and may have been carried out. Look what is there; then use a new key.',
  ],
  full: [
    'RATE_LIMITED',
    429,
    'There were too many Idempotency-Keys in a day. Requests without one are answered.',
  ],
  away: ['SERVICE_UNAVAILABLE', 503, 'What keeps Idempotency-Keys is out of reach. Nothing was done.'],
} as const satisfies Record<string, readonly [ErrorCode, number, string]>

/** Why a request with an Idempotency-Key is not run. */
export function idempotencyProblem(name: keyof typeof problems, retryAfterSeconds?: number): GraphQLError {
  const [code, status, message] = problems[name]
  const headers = retryAfterSeconds === undefined ? [] : [['retry-after', String(retryAfterSeconds)]]
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } })
}
