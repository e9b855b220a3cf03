import type { ErrorCode } from '../graphql/errorCode.ts'

/** By status: the code of the answer, and what it says where nothing more exact is known. */
const problems = {
  400: ['BAD_REQUEST', 'The request cannot be read.'],
  401: ['UNAUTHENTICATED', 'Sign in first: this needs a login. Send its token as `Authorization: Bearer …`.'],
  403: ['REAUTHENTICATION_REQUIRED', 'This needs a recent proof of identity: confirmIdentity, then repeat.'],
  404: ['NOT_FOUND', 'There is nothing at this address. GraphQL is at /graphql.'],
  405: ['METHOD_NOT_ALLOWED', 'This address does not take that method; Allow names those it takes.'],
  406: [
    'NOT_ACCEPTABLE',
    'Accept names no type that this answers with: application/json or application/graphql-response+json.',
  ],
  408: ['TIMEOUT', 'The request took too long to arrive.'],
  413: ['PAYLOAD_TOO_LARGE', 'The request is larger than is taken.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json.'],
  429: ['RATE_LIMITED', 'There were too many requests of this kind. Try again later.'],
  431: ['PAYLOAD_TOO_LARGE', 'The headers are larger than is taken.'],
  500: [
    'INTERNAL_SERVER_ERROR',
    'Something went wrong here. The log knows more under the id of this request.',
  ],
  503: ['SERVICE_UNAVAILABLE', 'This is not ready to answer.'],
  504: ['TIMEOUT', 'This took too long and was given up. It may be tried again.'],
} as const satisfies Record<number, readonly [ErrorCode, string]>

export type ProblemStatus = keyof typeof problems

/**
 * A request that is refused before any operation of it runs. What it says is fixed text: a parser's own message would
 * repeat a piece of the body, and that may be a password.
 */
export class HttpProblem extends Error {
  override name = 'HttpProblem'
  readonly status: ProblemStatus
  readonly code: ErrorCode
  readonly headers: Readonly<Record<string, string>>

  /** @param code where a status may mean more than one thing. */
  constructor(
    status: ProblemStatus,
    message?: string,
    headers: Record<string, string> = {},
    code: ErrorCode = problems[status][0],
  ) {
    const [, usual] = problems[status]
    super(message ?? usual)
    this.status = status
    this.code = code
    this.headers = status === 401 ? { 'www-authenticate': 'Bearer', ...headers } : headers
  }

  /** The problem behind anything that the HTTP server threw: its statuses of 4xx are about the request, the rest is ours. */
  static from(error: unknown): HttpProblem {
    if (error instanceof HttpProblem) return error
    const status = (error as { statusCode?: unknown } | null)?.statusCode
    if (typeof status !== 'number' || status < 400 || status > 499) return new HttpProblem(500)
    return new HttpProblem(status in problems ? (status as ProblemStatus) : 400)
  }

  /** The answer, in GraphQL's shape like every other answer. */
  toAnswer(requestId: string): {
    errors: { message: string; extensions: { code: ErrorCode; requestId: string } }[]
  } {
    return { errors: [{ message: this.message, extensions: { code: this.code, requestId } }] }
  }
}
