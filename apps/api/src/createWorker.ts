import { run, runOnce, type Runner } from 'graphile-worker'
import type { FastifyInstance } from 'fastify'
import { createMetrics } from './createMetrics.ts'
import { createWorkerServer } from './createWorkerServer.ts'
import type { ApiEnv } from './env.ts'
import { IdentityPurge, PURGE_PAUSE_MS } from './modules/identity/identityPurge.ts'
import { emailChangeMailTask } from './modules/identity/email-change/emailChangeMail.task.ts'
import { noticeTask } from './modules/identity/notices/notice.task.ts'
import { passwordResetMailTask } from './modules/identity/password-reset/passwordResetMail.task.ts'
import { failedSignInTask } from './modules/identity/sign-in/failedSignIn.task.ts'
import { signUpMailTask } from './modules/identity/sign-up/signUpMail.task.ts'
import { BeatStore } from './modules/sessions/beat.store.ts'
import { CHECKPOINT_PAUSE_MS, SessionCheckpoint } from './modules/sessions/session.checkpoint.ts'
import { SessionStore } from './modules/sessions/session.store.ts'
import { SessionSweep, SWEEP_PAUSE_MS } from './modules/sessions/session.sweep.ts'
import { eraseUserTask } from './modules/user-data/eraseUser.task.ts'
import { UserErasure } from './modules/user-data/userErasure.ts'
import { addWorkMetrics } from './platform/jobs/addWorkMetrics.ts'
import { createTask } from './platform/jobs/createTask.ts'
import { jobLogger } from './platform/jobs/jobLogger.ts'
import { repeat } from './platform/jobs/repeat.ts'
import { TEND_JOBS_PAUSE_MS, tendJobQueue } from './platform/jobs/tendJobQueue.ts'
import { Mailer } from './platform/mail/mailer.ts'
import { closeHttpServer } from './platform/http/closeHttpServer.ts'
import { createServices, type ServiceOverrides, type Services } from './services.ts'

export interface Worker {
  services: Services
  /** Tells of the worker; listens once it is told to. */
  server: FastifyInstance
  /** Takes jobs as they come, and repeats what is to be repeated, until it is closed. */
  start(): Promise<void>
  /** Resolves when no more jobs are taken though nobody closed it: the queue was left in doubt, or broke. */
  failed: Promise<Error>
  /** Does the jobs that are due now, and returns. */
  runDueJobs(): Promise<void>
  /** Does everything once that is repeated. */
  runRepeatedWork(): Promise<void>
  close(): Promise<void>
}

/** Builds the process that works in the background: queued jobs, and what is done again and again. */
export function createWorker(env: ApiEnv, overrides: ServiceOverrides = {}): Worker {
  const services = createServices(env, 'worker', overrides)
  const { logger, tracing, orm, redis, identity, repeatedWork } = services
  const metrics = createMetrics(services)
  const counts = addWorkMetrics(metrics)
  let draining = false
  const server = createWorkerServer(services, metrics, () => draining)

  const mailer = new Mailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, siteUrl: env.AUTH_URL })
  const taskParts = { logger, tracing, onDone: counts.job }
  const mailParts = { ...services, ...identity, mailer, siteUrl: env.AUTH_URL }
  const signUpTask = signUpMailTask(mailParts)
  const resetTask = passwordResetMailTask(mailParts)
  const changeTask = emailChangeMailTask(mailParts)
  const noticesTask = noticeTask(mailParts)
  const failureTask = failedSignInTask({ ...services, ...identity })
  const stores = { store: new SessionStore(redis), beats: new BeatStore(redis) }
  const erasure = new UserErasure({ ...services, ...identity, ...stores })
  const eraseTask = eraseUserTask({ orm, mailer, erasure })
  const options = {
    connectionString: env.DATABASE_URL_UNPOOLED ?? env.DATABASE_URL,
    taskList: {
      [signUpTask.name]: createTask(signUpTask, taskParts),
      [resetTask.name]: createTask(resetTask, taskParts),
      [changeTask.name]: createTask(changeTask, taskParts),
      [noticesTask.name]: createTask(noticesTask, taskParts),
      [failureTask.name]: createTask(failureTask, taskParts),
      [eraseTask.name]: createTask(eraseTask, taskParts),
    },
    logger: jobLogger(logger),
    noHandleSignals: true,
    concurrency: 4,
    pollInterval: 2_000,
    // In batches, even of one, what became of a job is written down before the worker says that it has stopped; else a
    // job that was done could be left locked, and be done again hours later.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  }

  const sessionParts = { ...services, ...stores }
  const sweep = new SessionSweep(sessionParts)
  const checkpoint = new SessionCheckpoint(sessionParts)
  const purge = new IdentityPurge(services)
  const repeated = [
    { name: 'session_sweep', pauseMs: SWEEP_PAUSE_MS, run: () => sweep.run() },
    { name: 'session_checkpoint', pauseMs: CHECKPOINT_PAUSE_MS, run: () => checkpoint.run() },
    { name: 'identity_purge', pauseMs: PURGE_PAUSE_MS, run: () => purge.run() },
    { name: 'job_tending', pauseMs: TEND_JOBS_PAUSE_MS, run: () => tendJobQueue(orm.em.fork()) },
  ].map(({ name, pauseMs, run: once }) => ({
    name,
    pauseMs,
    async work() {
      try {
        await once()
      } catch (error) {
        counts.repeated(name, 'failed')
        throw error
      }
      counts.repeated(name, 'done')
      await repeatedWork.wasDone(name)
    },
  }))
  let runner: Runner | undefined
  let stops: (() => Promise<void>)[] = []
  const failure = Promise.withResolvers<Error>()

  return {
    services,
    server,
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
      stops = repeated.map(({ name, pauseMs, work }) => repeat(name, pauseMs, logger, work))
    },
    runDueJobs: () => runOnce(options),
    async runRepeatedWork() {
      for (const { work } of repeated) await work()
    },
    async close() {
      draining = true
      const stopping = runner
      runner = undefined
      await Promise.all(stops.map((stop) => stop()))
      await stopping?.stop()
      await closeHttpServer(server)
      await services.close()
    },
  }
}
