import type { Seen } from './examples.ts'

/** What the next example may need of an answer: the id of a session, and where the next page begins. */
export function see(seen: Seen, answer: unknown): Seen {
  const data = read(answer, 'data')
  const page = read(read(read(data, 'me'), 'sessions'), 'pageInfo')
  const started = read(read(read(data, 'startSession'), 'session'), 'id')
  return {
    sessionId: typeof started === 'string' ? started : seen.sessionId,
    endCursor: page === undefined ? seen.endCursor : nextOf(page),
  }
}

function nextOf(page: unknown): string | null {
  const cursor = read(page, 'endCursor')
  return read(page, 'hasNextPage') === true && typeof cursor === 'string' ? cursor : null
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
