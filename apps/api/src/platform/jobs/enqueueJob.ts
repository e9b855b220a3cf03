import type { EntityManager } from '@mikro-orm/postgresql'
import { activeSpan } from '@wellness/telemetry/activeSpan'

/** Tries of a job before it counts as failed; with graphile-worker's growing delays that is a little over three days. */
const MAX_ATTEMPTS = 20

export interface EnqueueOptions {
  /** Of the request that asks for the job; the job's log lines carry it too. */
  requestId: string
  /** At this time, and once however often it is asked for until then; the last payload counts. */
  once?: { key: string; at: Date }
}

/**
 * Writes a job in the caller's transaction: it is done if and only if what it belongs to is committed.
 *
 * @param payload JSON, and never a secret: the queue is a table that lasts, and is part of every back-up.
 */
export async function enqueueJob(
  em: EntityManager,
  name: string,
  payload: Record<string, unknown>,
  { requestId, once }: EnqueueOptions,
): Promise<void> {
  const origin = { requestId, traceparent: activeSpan.getStore()?.traceparent }
  await em.execute(
    `select graphile_worker.add_job(?, ?::json, max_attempts := ?, job_key := ?, run_at := ?,
      job_key_mode := 'preserve_run_at')`,
    [name, JSON.stringify({ ...payload, ...origin }), MAX_ATTEMPTS, once?.key ?? null, once?.at ?? null],
  )
}
