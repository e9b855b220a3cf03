import type { MikroORM } from '@mikro-orm/postgresql'
import type { Tracing } from '@wellness/telemetry/tracing'
import type { Logger } from 'pino'
import { entities } from './entities.ts'
import type { ApiEnv } from './env.ts'
import { createIdentityServices, type IdentityServices } from './modules/identity/identity.services.ts'
import type { Clock } from './platform/clock/clock.ts'
import { systemClock } from './platform/clock/systemClock.ts'
import { SecretKeys } from './platform/crypto/secretKeys.ts'
import { createOrm } from './platform/database/createOrm.ts'
import {
  type ObservableConnection,
  observeStatements,
  type OnStatement,
} from './platform/database/observeStatements.ts'
import { PipelinedReader } from './platform/database/pipelinedReader.ts'
import { Statements } from './platform/database/statements.ts'
import { RepeatedWork } from './platform/jobs/repeatedWork.ts'
import { createLogger } from './platform/logger/createLogger.ts'
import { connectRedis, type RedisClient } from './platform/redis/connectRedis.ts'
import { traceRedis } from './platform/tracing/traceRedis.ts'
import { traceStatements } from './platform/tracing/traceStatements.ts'

/** What lives as long as the process, for the API and the worker alike. */
export interface Services {
  env: ApiEnv
  clock: Clock
  logger: Logger
  orm: MikroORM
  statements: Statements
  redis: RedisClient
  keys: SecretKeys
  tracing: Tracing | null
  repeatedWork: RepeatedWork
  identity: IdentityServices
  close(): Promise<void>
}

/** What is brought along: traces, since they are loaded before; and what a test puts in the place of the real thing. */
export interface ServiceOverrides {
  /** Closed with everything else. */
  tracing?: Tracing | null
  clock?: Clock
  logger?: Logger
  /** Hears of every request to PostgreSQL. */
  onStatement?: OnStatement
}

export function createServices(env: ApiEnv, name: string, overrides: ServiceOverrides = {}): Services {
  const logger = overrides.logger ?? createLogger({ level: env.LOG_LEVEL, name })
  const tracing = overrides.tracing ?? null
  // Broken connections are worth a warning; the ORM's version is not.
  const log = (message: string) =>
    logger[message.includes('PostgreSQL') ? 'warn' : 'debug']({ source: 'database' }, message)
  const { onStatement } = overrides
  const onConnection = (connection: ObservableConnection) => {
    if (onStatement) observeStatements(connection, onStatement)
    if (tracing) traceStatements(connection, tracing)
  }
  const orm = createOrm({
    url: env.DATABASE_URL,
    entities,
    poolMax: env.DATABASE_POOL_MAX,
    onConnection,
    log,
  })
  const reader = new PipelinedReader({ url: env.DATABASE_URL, onConnection, log })
  const statements = new Statements(orm, reader, { isNamed: env.DATABASE_NAMED_STATEMENTS === 'on' })
  const client = connectRedis(
    env.REDIS_URL,
    (error) => logger.warn({ reason: error.message }, 'redis does not serve'),
    { isCluster: env.REDIS_CLUSTER === 'on' },
  )
  const redis = tracing ? traceRedis(client, tracing) : client
  const clock = overrides.clock ?? systemClock
  const keys = new SecretKeys(env.AUTH_SECRET)
  const identity = createIdentityServices({ clock, keys, redis, bcryptCost: env.BCRYPT_COST })
  return {
    env,
    clock,
    logger,
    orm,
    statements,
    redis,
    keys,
    tracing,
    repeatedWork: new RepeatedWork({ redis: client, clock }),
    identity,
    async close() {
      await identity.bcryptPool.close()
      redis.disconnect()
      await statements.close()
      await orm.close()
      await tracing?.close()
    },
  }
}
