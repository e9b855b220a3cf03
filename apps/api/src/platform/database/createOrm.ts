import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import type { Tracing } from '@wellness/telemetry/tracing'
import { traceStatements } from '../tracing/traceStatements.ts'
import { cancelByProtocol, type CancellablePool } from './cancelByProtocol.ts'
import { observeStatements, type OnStatement, type StatementPool } from './observeStatements.ts'

export interface DatabaseOptions {
  /** Where to connect, as a postgres:// address. */
  url: string
  /** The entity classes of all modules. */
  entities: NonNullable<Options['entities']>
  /** Connections at most. */
  poolMax?: number
  /** Hears of every request that goes to PostgreSQL, `begin` and `commit` too; for tests that count them. */
  onStatement?: OnStatement | undefined
  /** Gets a span for every request to PostgreSQL that is part of a traced one. */
  tracing?: Tracing | null | undefined
  /** Takes what the ORM says of connections that broke. */
  log?: (message: string) => void
}

/**
 * The ORM over one connection pool. Nothing is connected before the first statement, so that a process can start, and
 * say that it is not ready, while PostgreSQL is away.
 */
export function createOrm({
  url,
  entities,
  poolMax = 10,
  onStatement,
  tracing,
  log,
}: DatabaseOptions): MikroORM {
  return new MikroORM({
    clientUrl: url,
    entities,
    pool: { min: 0, max: poolMax },
    driverOptions: {
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      onPoolCreated(pool: CancellablePool & StatementPool) {
        cancelByProtocol(pool)
        if (onStatement) observeStatements(pool, onStatement)
        if (tracing) traceStatements(pool, tracing)
      },
    },
    ...(log ? { logger: log } : {}),
    // Connections that broke are worth a line; statements are not, since the ORM writes their values into them.
    debug: log ? ['info'] : false,
    colors: false,
    extensions: [Migrator],
    migrations: {
      path: `${import.meta.dirname}/../../../migrations`,
      snapshotName: '.snapshot',
      silent: true,
    },
    // graphile-worker migrates its own schema; the diff would otherwise propose to drop it.
    schemaGenerator: { ignoreSchema: ['graphile_worker'] },
    ensureDatabase: false,
    allowGlobalContext: false,
  } as Options)
}
