import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { STATEMENT_TIMEOUT_MS } from '../platform/database/migrateDatabase.ts'

/** A database of the caller's own, cloned from the migrated one in some ten milliseconds. */
export async function cloneDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const template = new URL(inject('postgresUrl'))
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(`create database ${name} template ${template.pathname.slice(1)}`)
  // A clone does not inherit the settings of a role in a database.
  await asAdmin(
    `alter role ${template.username} in database ${name} set statement_timeout = '${STATEMENT_TIMEOUT_MS}ms'`,
  )
  const url = new URL(template)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`drop database ${name} with (force)`) }
}

async function asAdmin(statement: string): Promise<void> {
  const url = new URL(inject('postgresUrl'))
  url.pathname = '/postgres'
  const client = new Client({ connectionString: url.href })
  await client.connect()
  // The template must have no connections while it is copied, and one copy at a time is taken.
  await client.query('select pg_advisory_lock(1)')
  await client.query(statement).finally(() => client.end())
}
