import type { MikroORM } from '@mikro-orm/postgresql'
import type { Metrics } from '@wellness/telemetry/metrics'
import { Probe } from '../metrics/probe.ts'
import type { RepeatedWork } from './repeatedWork.ts'

interface QueueRow {
  ready: string
  later: string
  running: string
  failed: string
  oldest_seconds: number | null
}

const ANSWERS_WITHIN_MS = 1_000
const READY = 'is_open and locked_at is null and run_at <= now()'

/**
 * What the job queue holds, and when repeated work was last done. Every process tells it of all workers together, so
 * that it is known where no worker runs. What cannot be learnt in time is left out, and never shown as nothing to do.
 */
export function addJobMetrics(
  metrics: Metrics,
  { orm, repeatedWork }: { orm: MikroORM; repeatedWork: RepeatedWork },
): void {
  const jobs = metrics.addGauge({
    name: 'wellness_jobs',
    help: 'Jobs in the queue: ready to be done, to be done later, being done, failed for good',
    labelNames: ['state'],
  })
  const oldest = metrics.addGauge({
    name: 'wellness_jobs_oldest_ready_seconds',
    help: 'For how long the oldest job that is ready has waited',
  })
  const age = metrics.addGauge({
    name: 'wellness_repeated_work_age_seconds',
    help: 'How long ago a worker last did this work without an error',
    labelNames: ['work'],
  })
  const queue = new Probe(async () => {
    const [row] = await orm.em.fork().execute<QueueRow[]>(`
      select count(*) filter (where ${READY}) as ready,
        count(*) filter (where is_open and locked_at is null and run_at > now()) as later,
        count(*) filter (where locked_at is not null) as running,
        count(*) filter (where not is_open and locked_at is null) as failed,
        extract(epoch from now() - min(run_at) filter (where ${READY}))::float8 as oldest_seconds
      from (select run_at, locked_at, attempts < max_attempts as is_open from graphile_worker.jobs) jobs`)
    return row
  }, ANSWERS_WITHIN_MS)
  const work = new Probe(() => repeatedWork.ages(), ANSWERS_WITHIN_MS)

  metrics.addLookup(async () => {
    const row = (await queue.run())?.value
    jobs.reset()
    oldest.remove()
    if (!row) return
    for (const state of ['ready', 'later', 'running', 'failed'] as const) {
      jobs.set({ state }, Number(row[state]))
    }
    oldest.set(row.oldest_seconds ?? 0)
  })
  metrics.addLookup(async () => {
    const ages = (await work.run())?.value
    age.reset()
    for (const [name, seconds] of Object.entries(ages ?? {})) age.set({ work: name }, seconds)
  })
}
