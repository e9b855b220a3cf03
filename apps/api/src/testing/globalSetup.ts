import { findFreePort } from '@wellness/embedded/freePort'
import { startPostgres } from '@wellness/embedded/postgres'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { entities } from '../entities.ts'
import { createOrm } from '../platform/database/createOrm.ts'
import { migrateDatabase } from '../platform/database/migrateDatabase.ts'
import { testEnv } from './env.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** Starts one PostgreSQL for the whole run, or uses the one it was given: with a migrated database that every test file clones. */
export default async function startPostgresOnce(project: TestProject): Promise<() => Promise<void>> {
  if (testEnv.databaseUrl) return useGiven(testEnv.databaseUrl, project)
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

async function useGiven(address: string, project: TestProject): Promise<() => Promise<void>> {
  const name = `template_${randomBytes(6).toString('hex')}`
  const url = new URL(address)
  url.pathname = `/${name}`
  const execute = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: address })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await execute(`create database ${name} template template0`)
  await migrateDatabase((databaseUrl) => createOrm({ url: databaseUrl, entities }), url.href)
  project.provide('postgresUrl', url.href)
  return () => execute(`drop database ${name} with (force)`)
}
