const STACK_FRAME = /^ {4}at .+:\d+:\d+\)?$/gm
const FRAMES_MAX = 12
const CAUSES_MAX = 3
/** Errors whose message is ours from the first word to the last. */
const OWN_WORDS = ['ApiUnreachableError', 'EnvError']

/** An error as the log may have it. */
export interface ErrorRecord {
  type: string
  message?: string
  code?: string
  status?: number
  requestId?: string
  stack: string[]
  cause?: ErrorRecord
}

/**
 * What the log keeps of an error: what it is and where it came up. Its message is left out, since many quote the value
 * they stumbled over (`"…" is an invalid header value`, `Variable "$input" got invalid value "…"`), and here that value
 * is a person's form or token.
 */
export function describeError(error: unknown, depth = 0): ErrorRecord {
  if (typeof error !== 'object' || error === null) return { type: typeof error, stack: [] }
  const { name, message, code, status, requestId, stack, cause } = error as Record<string, unknown>
  return {
    type: typeof name === 'string' ? name : 'object',
    ...(typeof name === 'string' && OWN_WORDS.includes(name) && { message: String(message) }),
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
    ...(typeof requestId === 'string' && { requestId }),
    stack: (String(stack ?? '').match(STACK_FRAME) ?? []).slice(0, FRAMES_MAX).map((frame) => frame.trim()),
    ...(cause !== undefined && depth < CAUSES_MAX && { cause: describeError(cause, depth + 1) }),
  }
}
