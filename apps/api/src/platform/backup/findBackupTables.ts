import type { Client } from 'pg'

export interface BackupTable {
  /** With its schema. */
  name: string
  columns: string[]
}

interface TableRow {
  name: string
  columns: string[]
  refers_to: string[]
}

/** The tables that hold what must last, each behind those that its rows refer to; ours and the job queue's. */
export async function findBackupTables(client: Client): Promise<BackupTable[]> {
  const { rows } = await client.query<TableRow>(`
    select n.nspname || '.' || c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select rn.nspname || '.' || r.relname from pg_constraint k
        join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers_to
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (
      n.nspname = 'public' and c.relname not like 'mikro_orm%'
      or n.nspname = 'graphile_worker' and c.relname like '\\_private\\_%')
    order by name`)
  const ordered: TableRow[] = []
  while (ordered.length < rows.length) {
    const next = rows.find(
      (row) =>
        !ordered.includes(row) &&
        row.refers_to.every((name) => ordered.some((before) => before.name === name)),
    )
    if (!next) throw new Error('Tables refer to each other in a circle.')
    ordered.push(next)
  }
  return ordered.map(({ name, columns }) => ({ name, columns }))
}
