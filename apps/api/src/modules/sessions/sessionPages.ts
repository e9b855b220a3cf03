import {
  type Bind,
  type KeysetPage,
  type KeysetRequest,
  readKeysetPage,
} from '../../platform/database/readKeysetPage.ts'
import type { StatementRunner } from '../../platform/database/statementRunner.ts'
import { type EndedSession, type SessionRecord, type SessionRow, sessionRow } from './sessionRow.ts'

/** Days as YYYY-MM-DD, both included. */
export interface SessionDays {
  from?: string | null
  to?: string | null
}

/** A session, and where it stands among its user's. */
export interface PlacedSession {
  session: SessionRecord | EndedSession
  position: readonly string[]
}

const TABLE = 'session_metadata'

/** Lists a user's sessions, newest first. */
export class SessionPages {
  readonly #statements: StatementRunner

  constructor(statements: StatementRunner) {
    this.#statements = statements
  }

  async read(userId: string, days: SessionDays, request: KeysetRequest): Promise<KeysetPage<PlacedSession>> {
    const { rows, ...ends } = await readKeysetPage<SessionRow>(
      this.#statements,
      {
        table: TABLE,
        columns: sessionRow.listColumns(TABLE),
        where: (bind) => condition(userId, days, bind),
        key: [
          { name: 'started_at', type: 'timestamptz' },
          { name: 'id', type: 'uuid' },
        ],
      },
      request,
    )
    return {
      ...ends,
      rows: rows.map((row) => ({
        session: sessionRow.toListed(row),
        // The database's own text: it keeps what a Date would cut off, and then skip rows by.
        position: [row['started_at'] as string, row['id'] as string],
      })),
    }
  }

  async count(userId: string, days: SessionDays): Promise<number> {
    const values: unknown[] = []
    const where = condition(userId, days, (value) => `$${values.push(value)}`)
    const [row] = await this.#statements.read<{ count: string }>(
      `select count(*) as count from ${TABLE} where ${where}`,
      values,
    )
    return Number(row?.count)
  }
}

/**
 * A session's day is that of its own time zone, which no index knows. So a range of instants comes first, wide enough for
 * the zones at both ends of the world (UTC+14 to UTC-12), and the day is counted for what is left.
 */
function condition(userId: string, { from, to }: SessionDays, bind: Bind): string {
  let where = `${TABLE}.user_id = ${bind(userId)}`
  if (from != null) {
    const day = `${bind(from)}::date`
    where += ` and started_at >= (${day} - 1)::timestamp at time zone 'UTC' and (started_at at time zone time_zone)::date >= ${day}`
  }
  if (to != null) {
    const day = `${bind(to)}::date`
    where += ` and started_at < (${day} + 2)::timestamp at time zone 'UTC' and (started_at at time zone time_zone)::date <= ${day}`
  }
  return where
}
