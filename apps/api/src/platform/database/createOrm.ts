import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import { cancelByProtocol, type CancellablePool } from './cancelByProtocol.ts'
import type { ObservableConnection } from './observeStatements.ts'
import { releaseBroken, type TakenPool } from './releaseBroken.ts'

export interface DatabaseOptions {
  /** Where to connect, as a postgres:// address. */
  url: string
  /** The entity classes of all modules. */
  entities: NonNullable<Options['entities']>
  /** Connections at most. */
  poolMax?: number
  /** Is given every connection that is made; for tests that count statements, and for traces. */
  onConnection?: ((connection: ObservableConnection) => void) | undefined
  /** Takes what the ORM says of connections that broke. */
  log?: (message: string) => void
}

interface ObservablePool {
  on(event: 'connect', listener: (connection: ObservableConnection) => void): unknown
}

/**
 * The ORM over one connection pool. Nothing is connected before the first statement, so that a process can start, and
 * say that it is not ready, while PostgreSQL is away.
 */
export function createOrm({ url, entities, poolMax = 10, onConnection, log }: DatabaseOptions): MikroORM {
  return new MikroORM({
    clientUrl: url,
    entities,
    pool: { min: 0, max: poolMax },
    driverOptions: {
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      onPoolCreated(pool: CancellablePool & ObservablePool & TakenPool) {
        cancelByProtocol(pool)
        releaseBroken(pool)
        if (onConnection) pool.on('connect', onConnection)
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
