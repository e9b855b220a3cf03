import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@wellness/embedded/freePort'
import { startPgBouncer } from '@wellness/embedded/pgBouncer'
import { startPostgres } from '@wellness/embedded/postgres'
import type { Scenario } from './scenario.ts'

/** DATABASE_URL leads through PgBouncer, DATABASE_URL_UNPOOLED past it. */
export const pooler: Scenario = {
  name: 'pooler',
  title: 'PostgreSQL behind PgBouncer in transaction mode',
  leftOut: [
    {
      file: 'src/platform/database/statements.test.ts',
      why: 'what it promises of named statements holds on direct connections only',
    },
  ],
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'wellness-pooler-'))
    const postgres = await startPostgres({
      dataDir: join(folder, 'postgres'),
      port: await findFreePort(),
      durable: false,
    })
    const pgBouncer = await startPgBouncer({ postgresUrl: postgres.url, port: await findFreePort() })
    return {
      env: { TEST_DATABASE_URL: postgres.url, TEST_DATABASE_POOLER_URL: pgBouncer.pooled(postgres.url) },
      isShared: false,
      async stop() {
        await pgBouncer.stop()
        await postgres.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
