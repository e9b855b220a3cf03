import { vi } from 'vitest'
import type { TestApi } from './createTestApi.ts'
import type { GraphQLAnswer } from './postDocument.ts'

export interface Calls {
  /** Requests to PostgreSQL, transactions' own statements included. */
  postgres: number
  /** Names of the commands to Redis, in alphabetical order. */
  redis: string
}

/** What one operation asks of PostgreSQL and Redis, and its answer. */
export async function countCalls<Data>(
  api: TestApi,
  operation: () => Promise<GraphQLAnswer<Data>>,
): Promise<Calls & { answer: GraphQLAnswer<Data> }> {
  const sent = vi.spyOn(api.app.services.redis, 'sendCommand')
  api.statements.length = 0
  const answer = await operation()
  const redis = sent.mock.calls.map(([command]) => (command as { name: string }).name)
  sent.mockRestore()
  return { answer, postgres: api.statements.length, redis: redis.toSorted().join(' ') }
}
