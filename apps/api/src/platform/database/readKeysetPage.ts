import type { StatementRunner } from './statementRunner.ts'

/** Takes a value for a statement, and gives the parameter that stands for it. */
export type Bind = (value: unknown) => string

/** What a connection lists: a table's rows that fit the condition, from the greatest key down. */
export interface KeysetSource {
  table: string
  /** Select list of the row, the key's columns among them under their own names. */
  columns: string
  where: (bind: Bind) => string
  /** The columns of the order, which together are unique, each with its type. An index should have them in this order. */
  key: readonly { name: string; type: string }[]
}

export interface KeysetRequest {
  size: number
  isFromEnd: boolean
  /** The values of the key's columns. */
  after: readonly string[] | null
  before: readonly string[] | null
}

export interface KeysetPage<Row> {
  /** As PostgreSQL writes them in JSON; instants are ISO 8601 with all their digits. */
  rows: Row[]
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/**
 * A page by the place in the order and not by a count of rows, in one request: what it costs grows with the page and not
 * with its depth. Whether rows lie on the other side of the cursor is one more look at the index.
 */
export async function readKeysetPage<Row extends Record<string, unknown>>(
  statements: StatementRunner,
  { table, columns, where, key }: KeysetSource,
  { size, isFromEnd, after, before }: KeysetRequest,
): Promise<KeysetPage<Row>> {
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const condition = where(bind)
  const keyColumns = `(${key.map(({ name }) => name).join(', ')})`
  const place = (position: readonly string[]) =>
    `(${key.map(({ type }, index) => `${bind(position[index])}::${type}`).join(', ')})`
  const afterPlace = after && place(after)
  const beforePlace = before && place(before)
  const origin = isFromEnd ? beforePlace : afterPlace
  const direction = isFromEnd ? 'asc' : 'desc'
  const order = (prefix: string) => key.map(({ name }) => `${prefix}${name} ${direction}`).join(', ')

  const behind = origin
    ? `exists (select 1 from ${table} where ${condition} and ${keyColumns} ${isFromEnd ? '<=' : '>='} ${origin})`
    : 'false'
  // In a single column, as inOneColumn says why; a page is twenty rows of half a dozen.
  const [found] = await statements.read<{ has_rows_behind: boolean; rows: Row[] | null }>(
    `select ${behind} as has_rows_behind, (select json_agg(page order by ${order('page.')}) from (
      select ${columns} from ${table} where ${condition}
        ${afterPlace ? `and ${keyColumns} < ${afterPlace}` : ''} ${beforePlace ? `and ${keyColumns} > ${beforePlace}` : ''}
      order by ${order('')} limit ${bind(size + 1)}
    ) page) as rows`,
    values,
  )
  const rows = found?.rows ?? []
  const hasMore = rows.length > size
  if (hasMore) rows.pop()
  if (isFromEnd) rows.reverse()
  const hasRowsBehind = found?.has_rows_behind ?? false
  return {
    rows,
    hasNextPage: isFromEnd ? hasRowsBehind : hasMore,
    hasPreviousPage: isFromEnd ? hasMore : hasRowsBehind,
  }
}
