import type { EntityManager } from '@mikro-orm/postgresql'
import { RETENTION_DAYS } from '@wellness/domain/retention'
import { MINUTE } from '@wellness/domain/time'

export const TEND_JOBS_PAUSE_MS = MINUTE
/** Longer than any job takes, whose every wait has a deadline of seconds: who holds one for so long is dead. */
export const DEAD_AFTER_MINUTES = 5

/**
 * Frees the jobs of workers that died, which graphile-worker itself would do after four hours, and deletes jobs that
 * failed for good a while ago. The times are PostgreSQL's, as those of the queue are.
 */
export async function tendJobQueue(em: EntityManager): Promise<void> {
  await em.execute(
    `select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker.jobs
      where locked_at < now() - make_interval(mins => ${DEAD_AFTER_MINUTES})))`,
  )
  await em.execute(
    `select graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs where attempts >= max_attempts and locked_at is null
        and updated_at < now() - make_interval(days => ${RETENTION_DAYS.failedJobs})))`,
  )
}
