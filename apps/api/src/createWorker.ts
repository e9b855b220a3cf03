import { run, runOnce, type Runner, type TaskList } from 'graphile-worker'
import type { ApiEnv } from './env.ts'
import { IdentityPurge, PURGE_PAUSE_MS } from './modules/identity/identityPurge.ts'
import { FAILED_SIGN_IN } from './modules/identity/sign-in/failedSignIn.job.ts'
import { createFailedSignInTask } from './modules/identity/sign-in/failedSignIn.task.ts'
import { SEND_SIGN_UP_MAIL } from './modules/identity/sign-up/signUpMail.job.ts'
import { createSignUpMailTask } from './modules/identity/sign-up/signUpMail.task.ts'
import { BeatStore } from './modules/sessions/beat.store.ts'
import { CHECKPOINT_PAUSE_MS, SessionCheckpoint } from './modules/sessions/session.checkpoint.ts'
import { SessionStore } from './modules/sessions/session.store.ts'
import { SessionSweep, SWEEP_PAUSE_MS } from './modules/sessions/session.sweep.ts'
import { jobLogger } from './platform/jobs/jobLogger.ts'
import { repeat } from './platform/jobs/repeat.ts'
import { TEND_JOBS_PAUSE_MS, tendJobQueue } from './platform/jobs/tendJobQueue.ts'
import { Mailer } from './platform/mail/mailer.ts'
import { createServices, type ServiceOverrides, type Services } from './services.ts'

export interface Worker {
  services: Services
  /** Takes jobs as they come, and repeats what is to be repeated, until it is closed. */
  start(): Promise<void>
  /** Resolves when no more jobs are taken though nobody closed it: the queue was left in doubt, or broke. */
  failed: Promise<Error>
  /** Does the jobs that are due now, and returns. */
  runDueJobs(): Promise<void>
  close(): Promise<void>
}

/** Builds the process that works in the background: queued jobs, and what is done again and again. */
export function createWorker(env: ApiEnv, overrides: ServiceOverrides = {}): Worker {
  const services = createServices(env, 'worker', overrides)
  const mailer = new Mailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, siteUrl: env.AUTH_URL })
  const taskList: TaskList = {
    [SEND_SIGN_UP_MAIL]: createSignUpMailTask({
      ...services,
      ...services.identity,
      mailer,
      siteUrl: env.AUTH_URL,
    }),
    [FAILED_SIGN_IN]: createFailedSignInTask({ ...services, ...services.identity }),
  }
  const sessionParts = {
    ...services,
    store: new SessionStore(services.redis),
    beats: new BeatStore(services.redis),
  }
  const sweep = new SessionSweep(sessionParts)
  const checkpoint = new SessionCheckpoint(sessionParts)
  const purge = new IdentityPurge(services)
  const repeated: { name: string; pauseMs: number; work: () => Promise<void> }[] = [
    { name: 'sweep of sessions', pauseMs: SWEEP_PAUSE_MS, work: () => sweep.run() },
    { name: 'checkpoint of sessions', pauseMs: CHECKPOINT_PAUSE_MS, work: () => checkpoint.run() },
    { name: 'purge of what is past its time', pauseMs: PURGE_PAUSE_MS, work: () => purge.run() },
    {
      name: 'tending of the job queue',
      pauseMs: TEND_JOBS_PAUSE_MS,
      work: () => tendJobQueue(services.orm.em.fork()),
    },
  ]
  const options = {
    connectionString: env.DATABASE_URL_UNPOOLED ?? env.DATABASE_URL,
    taskList,
    logger: jobLogger(services.logger),
    noHandleSignals: true,
    concurrency: 4,
    pollInterval: 2_000,
    // In batches, even of one, what became of a job is written down before the worker says that it has stopped; else a
    // job that was done could be left locked, and be done again hours later.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  }
  let runner: Runner | undefined
  let stops: (() => Promise<void>)[] = []
  const failure = Promise.withResolvers<Error>()

  return {
    services,
    failed: failure.promise,
    async start() {
      const started = await run(options)
      runner = started
      const noteEnd = (cause?: unknown) => {
        // Unset, too, so that it is not stopped a second time, which it refuses.
        if (runner === started) failure.resolve(new Error('The job runner ended by itself', { cause }))
        runner = undefined
      }
      started.promise.then(() => noteEnd(), noteEnd)
      stops = repeated.map(({ name, pauseMs, work }) => repeat(name, pauseMs, services.logger, work))
    },
    runDueJobs: () => runOnce(options),
    async close() {
      const stopping = runner
      runner = undefined
      await Promise.all(stops.map((stop) => stop()))
      await stopping?.stop()
      await services.close()
    },
  }
}
