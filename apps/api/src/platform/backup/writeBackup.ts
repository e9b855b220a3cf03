import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { backupFormat } from './backupFormat.ts'
import { findBackupTables } from './findBackupTables.ts'

export interface BackupOptions {
  /** Tables whose rows are not kept. */
  leaveOut: readonly string[]
  now: Date
}

/**
 * All rows as of one moment, while everything else goes on: a text of COPY statements. It works through any connection,
 * so that no tool of the server's own version is needed.
 */
export async function* writeBackup(
  client: Client,
  { leaveOut, now }: BackupOptions,
): AsyncGenerator<string | Buffer> {
  await client.query('begin isolation level repeatable read read only')
  await client.query('set local statement_timeout = 0')
  yield backupFormat.header({ madeAt: now.toISOString(), migrations: await findMigrations(client) })
  for (const table of await findBackupTables(client)) {
    if (leaveOut.includes(table.name)) continue
    const target = `${table.name} (${table.columns.join(', ')})`
    yield `COPY ${target} FROM stdin;\n`
    yield* client.query(copyTo(`copy ${target} to stdout`)) as AsyncIterable<Buffer>
    yield `${backupFormat.END_OF_ROWS}\n`
  }
  yield `${backupFormat.END}\n`
  await client.query('commit')
}

/** The names of the migrations that made this database what it is. */
async function findMigrations(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from mikro_orm_migrations order by id')
  return rows.map(({ name }) => name)
}
