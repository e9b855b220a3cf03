import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { STATEMENT_TIMEOUT_MS } from '../platform/database/migrateDatabase.ts'
import { testEnv } from './env.ts'

export interface TestDatabase {
  /** Through the pooler, where the run was given one. */
  url: string
  directUrl: string
  drop(): Promise<void>
}

/** A database of the caller's own, cloned from the migrated one in some ten milliseconds. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('postgresUrl'))
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(`create database ${name} template ${template.pathname.slice(1)}`)
  // A clone does not inherit the settings of a role in a database.
  await asAdmin(
    `alter role ${template.username} in database ${name} set statement_timeout = '${STATEMENT_TIMEOUT_MS}ms'`,
  )
  return {
    url: withName(testEnv.databasePoolerUrl ?? template.href, name),
    directUrl: withName(template.href, name),
    drop: () => asAdmin(`drop database ${name} with (force)`),
  }
}

function withName(address: string, databaseName: string): string {
  const url = new URL(address)
  url.pathname = `/${databaseName}`
  return url.href
}

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: withName(inject('postgresUrl'), 'postgres') })
  await client.connect()
  // The template must have no connections while it is copied, and one copy at a time is taken.
  await client.query('select pg_advisory_lock(1)')
  await client.query(statement).finally(() => client.end())
}
