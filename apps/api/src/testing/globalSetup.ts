import { findFreePort } from '@wellness/embedded/freePort'
import { startPostgres } from '@wellness/embedded/postgres'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { entities } from '../entities.ts'
import { createOrm } from '../platform/database/createOrm.ts'
import { migrateDatabase } from '../platform/database/migrateDatabase.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** Starts one PostgreSQL for the whole run, with a migrated database that every test file clones. */
export default async function startPostgresOnce(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'wellness-api-tests-'))
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await findFreePort(),
    durable: false,
  })
  await migrateDatabase((url) => createOrm({ url, entities }), postgres.url)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
