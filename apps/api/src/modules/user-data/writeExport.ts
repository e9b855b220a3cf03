import { publicId } from '@wellness/domain/publicId'
import { type KeysetPage, readKeysetPage } from '../../platform/database/readKeysetPage.ts'
import type { StatementRunner } from '../../platform/database/statementRunner.ts'
import { type DataOwner, type ExportedTable, exportedTables } from './exportedTables.ts'

/** Raised whenever somebody who reads the file would have to read it in another way. */
const SCHEMA_VERSION = 1
/** So many rows are in memory at once, however many there are. */
const PAGE_SIZE = 500

/**
 * Everything about a person as one JSON object, piece by piece: the rows of each table, newest first, and last the
 * manifest, which counts what was written. A file without it was cut short.
 */
export async function* writeExport(
  statements: StatementRunner,
  owner: DataOwner,
  exportedAt: Date,
): AsyncGenerator<string> {
  const tables: Record<string, { rows: number; columns: string[] }> = {}
  yield '{'
  for (const table of exportedTables) {
    let rows = 0
    yield `\n${JSON.stringify(table.name)}: [`
    for await (const page of readPages(statements, table, owner)) {
      yield `${rows === 0 ? '' : ','}\n${page.map((row) => JSON.stringify(row)).join(',\n')}`
      rows += page.length
    }
    yield rows === 0 ? '],' : '\n],'
    tables[table.name] = { rows, columns: Object.keys(table.columns) }
  }
  const manifest = {
    schemaVersion: SCHEMA_VERSION,
    exportedAt: exportedAt.toISOString(),
    user: publicId.from('user', owner.userId),
    tables,
  }
  yield `\n"manifest": ${JSON.stringify(manifest, null, 2)}\n}\n`
}

async function* readPages(
  statements: StatementRunner,
  { name, where, key, columns }: ExportedTable,
  owner: DataOwner,
): AsyncGenerator<Record<string, unknown>[]> {
  const source = {
    table: name,
    columns: Object.keys(columns).join(', '),
    where: (bind: (value: unknown) => string) => where(owner, bind),
    key,
  }
  for (let after: string[] | null = null, more = true; more;) {
    const page: KeysetPage<Record<string, unknown>> = await readKeysetPage(statements, source, {
      size: PAGE_SIZE,
      isFromEnd: false,
      after,
      before: null,
    })
    if (page.rows.length === 0) return
    yield page.rows.map((row) =>
      Object.fromEntries(Object.entries(columns).map(([column, convert]) => [column, convert(row[column])])),
    )
    const last = page.rows.at(-1)
    after = key.map((part) => last?.[part.name] as string)
    more = page.hasNextPage
  }
}
