import {
  type KeysetPage,
  type KeysetRequest,
  readKeysetPage,
} from '../../../platform/database/readKeysetPage.ts'
import type { StatementRunner } from '../../../platform/database/statementRunner.ts'
import { toDate } from '../../../platform/database/timestamp.ts'
import type { SecurityEventKind } from './securityEventKind.ts'

/** An event as its owner sees it. */
export interface PlainSecurityEvent {
  id: string
  kind: SecurityEventKind
  occurredAt: Date
  ipAddress: string | null
  userAgent: string | null
}

/** An event, and where it stands among its user's. */
export interface PlacedSecurityEvent {
  event: PlainSecurityEvent
  position: readonly string[]
}

const TABLE = 'security_events'
const COLUMNS = 'id, kind, occurred_at, ip_address, user_agent'

/** Lists what happened to the safety of a user's account, newest first. */
export class SecurityEventPages {
  readonly #statements: StatementRunner

  constructor(statements: StatementRunner) {
    this.#statements = statements
  }

  async read(userId: string, request: KeysetRequest): Promise<KeysetPage<PlacedSecurityEvent>> {
    const { rows, ...ends } = await readKeysetPage<EventRow>(
      this.#statements,
      {
        table: TABLE,
        columns: COLUMNS,
        where: (bind) => `user_id = ${bind(userId)}`,
        key: [
          { name: 'occurred_at', type: 'timestamptz' },
          { name: 'id', type: 'uuid' },
        ],
      },
      request,
    )
    return {
      ...ends,
      rows: rows.map((row) => ({ event: toEvent(row), position: [row.occurred_at, row.id] })),
    }
  }

  /** Those of a user's events that have these ids, in any order. */
  async findByIds(userId: string, ids: string[]): Promise<PlainSecurityEvent[]> {
    const rows = await this.#statements.read<EventRow>(
      `select ${COLUMNS} from ${TABLE} where id = any($1::uuid[]) and user_id = $2`,
      [ids, userId],
    )
    return rows.map(toEvent)
  }
}

interface EventRow extends Record<string, unknown> {
  id: string
  kind: SecurityEventKind
  occurred_at: string
  ip_address: string | null
  user_agent: string | null
}

function toEvent({ id, kind, occurred_at, ip_address, user_agent }: EventRow): PlainSecurityEvent {
  return { id, kind, occurredAt: toDate(occurred_at), ipAddress: ip_address, userAgent: user_agent }
}
