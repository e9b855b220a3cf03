import { once } from 'node:events'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { backupFormat, type BackupHeader } from './backupFormat.ts'
import { findBackupTables } from './findBackupTables.ts'
import { readLines } from './readLines.ts'
import { RestoreRefused } from './restoreRefused.ts'

/**
 * Fills a migrated, empty database with what a back-up holds: all of it, or nothing.
 *
 * @throws {RestoreRefused} when the database holds anything, or the back-up is none, is of another version, or is cut short.
 */
export async function restoreBackup(client: Client, backup: AsyncIterable<Buffer>): Promise<BackupHeader> {
  await client.query('begin')
  try {
    await client.query('set local statement_timeout = 0')
    await requireEmpty(client)
    const header = await load(client, readLines(backup))
    await continueSequences(client)
    await client.query('commit')
    return header
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function requireEmpty(client: Client): Promise<void> {
  for (const { name } of await findBackupTables(client)) {
    const { rows } = await client.query(`select 1 from ${name} limit 1`)
    if (rows.length > 0) throw new RestoreRefused(`The database is not empty: there is something in ${name}.`)
  }
}

async function load(client: Client, lines: AsyncGenerator<string>): Promise<BackupHeader> {
  const header = backupFormat.parseHeader((await nextLine(lines)) ?? '')
  if (!header) throw new RestoreRefused('This is no back-up of this product.')
  await requireSameMigrations(client, header)
  for (;;) {
    const line = await nextLine(lines)
    if (line === backupFormat.END) return header
    const target = line === null ? undefined : backupFormat.TABLE.exec(line)?.[1]
    if (target === undefined) throw new RestoreRefused('The back-up is cut short or damaged.')
    await copyRows(client, target, lines)
  }
}

async function requireSameMigrations(client: Client, { migrations }: BackupHeader): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select name from mikro_orm_migrations order by id')
  if (rows.map(({ name }) => name).join() === migrations.join()) return
  throw new RestoreRefused(
    `The back-up was made by another version, whose last migration is ${migrations.at(-1)}; here it is ${rows.at(-1)?.name}. Restore it with that version, then migrate.`,
  )
}

async function copyRows(client: Client, target: string, lines: AsyncGenerator<string>): Promise<void> {
  const stream = client.query(copyFrom(`copy ${target} from stdin`))
  const finished = once(stream, 'finish').catch((error: Error) => {
    throw new RestoreRefused(`PostgreSQL does not take the rows of ${target}: ${error.message}.`)
  })
  // It is awaited below; without a listener meanwhile, a row that PostgreSQL refuses would end the process.
  finished.catch(() => undefined)
  for (;;) {
    const line = await nextLine(lines)
    if (line === backupFormat.END_OF_ROWS) break
    if (line === null) {
      const refusal = new RestoreRefused('The back-up is cut short.')
      stream.destroy(refusal)
      await finished.catch(() => undefined)
      throw refusal
    }
    if (!stream.write(`${line}\n`)) await Promise.race([once(stream, 'drain'), finished])
  }
  stream.end()
  await finished
}

/** Ids that PostgreSQL gives go on behind those that were loaded. */
async function continueSequences(client: Client): Promise<void> {
  for (const { name, columns } of await findBackupTables(client)) {
    for (const column of columns) {
      const { rows } = await client.query<{ sequence: string | null }>(
        'select pg_get_serial_sequence($1, $2) as sequence',
        [name, column],
      )
      const sequence = rows[0]?.sequence
      if (sequence) {
        await client.query(
          `select setval($1, max(${column})) from ${name} having max(${column}) is not null`,
          [sequence],
        )
      }
    }
  }
}

async function nextLine(lines: AsyncGenerator<string>): Promise<string | null> {
  const next = await lines.next()
  return next.done === true ? null : next.value
}
