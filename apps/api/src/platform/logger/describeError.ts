const MESSAGE_MAX_LENGTH = 500
const STACK_FRAME = /^\s+at .+$/gm
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
 * message holds the whole statement with its parameters written in, so its code and the names it names stand for it; so
 * does the GraphQL engine's, which prints what a resolver returned.
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
    stack: error.stack?.match(STACK_FRAME)?.map((frame) => frame.trim()) ?? [],
    ...(error.cause !== undefined && depth < CAUSES_MAX && { cause: describeError(error.cause, depth + 1) }),
  }
}

function messageOf(error: Error): { message?: string } {
  // What PostgreSQL says has a severity; the ORM copies it onto its own errors.
  if ('severity' in error) return {}
  const message = error.name === 'GraphQLError' ? error.message.replace(/: [\s\S]*$/, '') : error.message
  return { message: message.slice(0, MESSAGE_MAX_LENGTH) }
}
