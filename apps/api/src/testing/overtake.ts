import type { EntityManager } from '@mikro-orm/postgresql'
import { expect } from 'vitest'
import type { TestApi } from './createTestApi.ts'

export interface Overtaking<Answer> {
  /** What the request waits for, in the middle of its work: a statement that locks it, and its values. */
  held: [statement: string, values?: unknown[]]
  request(): Promise<Answer>
  /** What happens, and is committed, while the request waits. */
  change(tx: EntityManager): Promise<unknown>
}

/** Lets a change overtake a request that has begun: the race of the two, in one certain order. */
export async function overtake<Answer>(
  api: TestApi,
  { held: [statement, values = []], request, change }: Overtaking<Answer>,
): Promise<Answer> {
  const { answer } = await api.app.services.orm.em.fork().transactional(async (tx) => {
    await tx.execute(statement, values)
    const waiting = request()
    // Asked from outside: within a transaction the list of who waits stays as it was at first.
    await expect
      .poll(
        () =>
          api.sql(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        { timeout: 15_000 },
      )
      .toHaveLength(1)
    await change(tx)
    return { answer: waiting }
  })
  return answer
}
