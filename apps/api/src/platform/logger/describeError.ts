const MESSAGE_MAX_LENGTH = 500
const FRAMES_MAX = 12
/** With the place it ends in, so that no line of a statement in the message (`at time zone …`) is taken for one. */
const STACK_FRAME = /^ {4}at .+:\d+:\d+\)?$/gm
/** The GraphQL engine's, which print the value that a resolver returned or threw. */
const NAMES_WITH_VALUES = ['GraphQLError', 'NonErrorThrown']
const CAUSES_MAX = 3

/** An error as the log may have it. */
export interface ErrorRecord {
  type: string
  message?: string
  code?: string
  constraint?: string
  table?: string
  column?: string
  stack: string[]
  cause?: ErrorRecord
}

/**
 * What the log keeps of an error: all that helps to find the fault, and no value of a person's. A database error's
 * message holds the whole statement with its parameters written in, so its code and the names it names stand for it.
 */
export function describeError(error: unknown, depth = 0): ErrorRecord {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] }
  const { code, constraint, table, column } = error as Error & Record<string, unknown>
  const text = (key: string, value: unknown) => (typeof value === 'string' ? { [key]: value } : {})
  return {
    type: error.name,
    ...messageOf(error),
    ...text('code', code),
    ...text('constraint', constraint),
    ...text('table', table),
    ...text('column', column),
    stack: [...new Set(error.stack?.match(STACK_FRAME))].slice(0, FRAMES_MAX).map((frame) => frame.trim()),
    ...(error.cause !== undefined && depth < CAUSES_MAX && { cause: describeError(error.cause, depth + 1) }),
  }
}

function messageOf(error: Error): { message?: string } {
  // What PostgreSQL says has a severity; the ORM copies it onto its own errors.
  if ('severity' in error) return {}
  const message = NAMES_WITH_VALUES.includes(error.name)
    ? error.message.replace(/: [\s\S]*$/, '')
    : error.message
  return { message: message.slice(0, MESSAGE_MAX_LENGTH) }
}
