import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'

export interface DatabaseOptions {
  /** Where to connect, as a postgres:// address. */
  url: string
  /** The entity classes of all modules. */
  entities: NonNullable<Options['entities']>
  /** Connections at most. */
  poolMax?: number
}

/**
 * The ORM over one connection pool. Nothing is connected before the first statement, so that a process can start, and
 * say that it is not ready, while PostgreSQL is away.
 */
export function createOrm({ url, entities, poolMax = 10 }: DatabaseOptions): MikroORM {
  return new MikroORM({
    clientUrl: url,
    entities,
    pool: { min: 0, max: poolMax },
    driverOptions: { connectionTimeoutMillis: 5_000, keepAlive: true },
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
