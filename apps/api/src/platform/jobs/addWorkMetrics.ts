import type { Metrics } from '@wellness/telemetry/metrics'
import type { JobOutcome } from './createTask.ts'

/** Counts what this worker does. */
export interface WorkCounts {
  job(job: string, outcome: JobOutcome): void
  repeated(work: string, outcome: JobOutcome): void
}

export function addWorkMetrics(metrics: Metrics): WorkCounts {
  const jobs = metrics.addCounter({
    name: 'wellness_job_tries_total',
    help: 'Tries of jobs that this worker made, by job and outcome',
    labelNames: ['job', 'outcome'],
  })
  const repeated = metrics.addCounter({
    name: 'wellness_repeated_work_total',
    help: 'How often this worker did what it does again and again, by outcome',
    labelNames: ['work', 'outcome'],
  })
  return {
    job: (job, outcome) => jobs.inc({ job, outcome }),
    repeated: (work, outcome) => repeated.inc({ work, outcome }),
  }
}
