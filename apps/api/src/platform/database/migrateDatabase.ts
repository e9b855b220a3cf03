import type { MikroORM } from '@mikro-orm/postgresql'
import { runMigrations } from 'graphile-worker'

/** How long a statement of a request may run; PostgreSQL cancels it then. */
export const STATEMENT_TIMEOUT_MS = 10_000

/**
 * Brings a database up to date: our tables, the job queue's, and the time limit on statements.
 *
 * @param url the direct address: a pooler in transaction mode keeps no advisory lock.
 */
export async function migrateDatabase(createOrm: (url: string) => MikroORM, url: string): Promise<void> {
  const direct = withoutStatementTimeout(url)
  const orm = createOrm(direct)
  try {
    await orm.migrator.up()
    await runMigrations({ connectionString: direct })
    // On the role in this database, since poolers refuse the setting per connection.
    await orm.em.fork().execute(`do $$ begin execute format(
      'alter role %I in database %I set statement_timeout = %L', current_user, current_database(), '${STATEMENT_TIMEOUT_MS}ms'); end $$`)
  } finally {
    await orm.close()
  }
}

/** A migration may take longer than any request should. */
function withoutStatementTimeout(url: string): string {
  const direct = new URL(url)
  // Some hosts route by an option of their own.
  const options = direct.searchParams.get('options')
  direct.searchParams.set('options', `${options ? `${options} ` : ''}-c statement_timeout=0`)
  return direct.href
}
