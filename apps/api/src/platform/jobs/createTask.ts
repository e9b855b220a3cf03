import { activeSpan } from '@wellness/telemetry/activeSpan'
import type { Tracing } from '@wellness/telemetry/tracing'
import type { Task } from 'graphile-worker'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { describeError } from '../logger/describeError.ts'
import { jobOrigin } from './jobOrigin.ts'

export interface TaskParts {
  logger: Logger
  tracing: Tracing | null
  /** Hears what became of each try. */
  onDone(job: string, outcome: JobOutcome): void
}

export type JobOutcome = 'done' | 'failed'

export interface TaskDefinition<Payload> {
  name: string
  payload: z.ZodType<Payload>
  /** @param logger writes the request's id, which the job came with, into every record. */
  work(payload: Payload, logger: Logger): Promise<void>
}

/** What graphile-worker runs for a job: the work, with the log and the trace of the request that it comes from. */
export function createTask<Payload>(
  { name, payload: schema, work }: TaskDefinition<Payload>,
  { logger, tracing, onDone }: TaskParts,
): Task {
  return async (given, { job }) => {
    const start = performance.now()
    const { requestId, traceparent } = jobOrigin.parse(given)
    const jobsLogger = logger.child({ requestId, job: name })
    const run = () => work(schema.parse(given), jobsLogger)
    const span = tracing?.startSpan(`job ${name}`, {
      kind: 'consumer',
      parent: traceparent ?? '',
      attributes: { 'wellness.request_id': requestId, 'wellness.attempt': job.attempts },
    })
    const end = (outcome: JobOutcome) => {
      span?.end({ failed: outcome === 'failed' })
      onDone(name, outcome)
      return { attempt: job.attempts, durationMs: Math.round(performance.now() - start) }
    }
    try {
      await (span ? activeSpan.run(span, run) : run())
    } catch (error) {
      jobsLogger.warn({ ...end('failed'), err: error }, 'job failed')
      throw withoutValues(error)
    }
    jobsLogger.info(end('done'), 'job done')
  }
}

/** graphile-worker logs what a task throws and keeps it in its table, and a database's message holds people's values. */
function withoutValues(error: unknown): Error {
  const { type, message, code } = describeError(error)
  return new Error([type, code, message].filter(Boolean).join(' '))
}
