import type { EntityManager } from '@mikro-orm/postgresql'

/** Tries of a job before it counts as failed; with graphile-worker's growing delays that is a little over three days. */
const MAX_ATTEMPTS = 20

/**
 * Writes a job in the caller's transaction: it is done if and only if what it belongs to is committed.
 *
 * @param payload JSON, and never a secret: the queue is a table that lasts, and is part of every back-up.
 */
export async function enqueueJob(
  em: EntityManager,
  name: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await em.execute('select graphile_worker.add_job(?, ?::json, max_attempts := ?)', [
    name,
    JSON.stringify(payload),
    MAX_ATTEMPTS,
  ])
}
