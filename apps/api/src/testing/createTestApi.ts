import { startMailbox, type Mailbox } from '@wellness/embedded/mailbox'
import { findFreePort } from '@wellness/embedded/freePort'
import type { Tracing } from '@wellness/telemetry/tracing'
import { randomUUID } from 'node:crypto'
import { type App, type AppOverrides, createApp } from '../app.ts'
import { createWorker, type Worker } from '../createWorker.ts'
import { type ApiEnv, readEnv } from '../env.ts'
import { createLogger } from '../platform/logger/createLogger.ts'
import { cloneDatabase } from './cloneDatabase.ts'
import { type GraphQLAnswer, postDocument, type RequestOptions } from './postDocument.ts'
import { provideRedis } from './provideRedis.ts'
import { TestClock } from './testClock.ts'
import { untilReady } from './untilReady.ts'

export interface TestApi {
  app: App
  worker: Worker
  env: ApiEnv
  clock: TestClock
  mailbox: Mailbox
  /** The address that the API listens on, without a path. */
  url: string
  /** Every request that the API sent to PostgreSQL, oldest first, `begin` and `commit` too; empty it to count anew. */
  statements: string[]
  /** Every line that API and worker logged. */
  logLines: string[]
  /** Posts a document as a client would. */
  request<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    options?: RequestOptions,
  ): Promise<GraphQLAnswer<Data>>
  sql<Row extends object = Record<string, unknown>>(statement: string, parameters?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export interface TestApiOptions extends AppOverrides {
  clock?: TestClock
  env?: Record<string, string>
  /** The worker's traces; those of the API are `tracing`. */
  workerTracing?: Tracing | null
}

/** The whole API over a database, a Redis and a mailbox of its own, with a clock that the test moves. */
export async function createTestApi({
  env: extraEnv,
  clock = new TestClock(),
  workerTracing = null,
  ...overrides
}: TestApiOptions = {}): Promise<TestApi> {
  const database = await cloneDatabase()
  const redis = await provideRedis()
  const mailbox = await startMailbox({ smtpPort: await findFreePort(), httpPort: await findFreePort() })
  const env = readEnv({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATABASE_URL_UNPOOLED: database.directUrl,
    REDIS_URL: redis.url,
    SMTP_URL: mailbox.smtpUrl,
    AUTH_SECRET: randomUUID() + randomUUID(),
    AUTH_URL: 'http://localhost:3000',
    WEB_API_SECRET: randomUUID() + randomUUID(),
    // The clock stands still, and so do buckets: a test of limits asks for the real ones.
    RATE_LIMIT_FACTOR: '1000',
    ...extraEnv,
  })
  const logLines: string[] = []
  const logger = createLogger({
    level: 'debug',
    name: 'test',
    destination: { write: (line: string) => void logLines.push(line) },
  })
  const statements: string[] = []
  const onStatement = (sql: string) => void statements.push(sql)
  // Compiled from its first run on, so that every test of a query is one of the compiled query.
  const app = await createApp(env, { clock, logger, onStatement, runsBeforeHot: 0, ...overrides })
  const worker = createWorker(env, { clock, logger, tracing: workerTracing })
  const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
  await Promise.all([untilReady(app.services.redis), untilReady(worker.services.redis)])

  return {
    app,
    worker,
    env,
    clock,
    mailbox,
    url,
    statements,
    logLines,
    request: <Data>(query: string, variables: Record<string, unknown> = {}, options: RequestOptions = {}) =>
      postDocument<Data>(url, { query, variables }, options),
    async sql<Row extends object>(statement: string, parameters: unknown[] = []) {
      return app.services.orm.em.fork().execute<Row[]>(statement, parameters)
    },
    async close() {
      await app.close()
      await worker.close()
      await mailbox.stop()
      await redis.stop()
      await database.drop()
    },
  }
}
