import type { Scope } from '@wellness/domain/scope'
import { MINUTE } from '@wellness/domain/time'
import type { StatementRunner } from '../../../platform/database/statementRunner.ts'
import { inOneColumn } from '../../../platform/database/inOneColumn.ts'
import { toDate } from '../../../platform/database/timestamp.ts'
import type { Viewer, ViewerRider } from '../logins/viewer.ts'
import { userRow, type UserRow } from '../users/userRow.ts'

/** The last use is written at most this often. */
const LAST_USED_RESOLUTION_MS = MINUTE

// Asked again with the write: of several processes that found it due, one writes.
const TOUCH_KEY =
  'update api_keys set last_used_at = $1 where id = $2 and (last_used_at is null or last_used_at <= $3)'

/** Reads API keys without hydration: every request with one passes here, and nothing is kept of what was read. */
export class ApiKeyRepository {
  readonly #findViewerSql: string

  constructor(riders: readonly ViewerRider[]) {
    this.#findViewerSql = inOneColumn(`
      select k.id as key_id, k.scopes as key_scopes, k.last_used_at as key_last_used_at,
        ${userRow.columns}
        ${riders.map(({ columns }) => `, ${columns}`).join('')}
      from api_keys k
      join users u on u.id = k.user_id and u.disabled_at is null
      ${riders.map(({ join }) => join).join('\n')}
      where k.secret_hash = $1 and (k.expires_at is null or k.expires_at > $2)`)
  }

  /** Whose key this is; null when it is unknown, revoked or expired, or its user is disabled. */
  async findViewer(statements: StatementRunner, secretHash: Buffer, now: Date): Promise<Viewer | null> {
    const [found] = await statements.read<{ row: KeyViewerRow }>(this.#findViewerSql, [secretHash, now])
    if (!found) return null
    const { row } = found
    const dueBefore = new Date(now.getTime() - LAST_USED_RESOLUTION_MS)
    if (row.key_last_used_at === null || toDate(row.key_last_used_at) <= dueBefore) {
      await statements.run(TOUCH_KEY, [now, row.key_id, dueBefore])
    }
    return {
      userId: row.id,
      credential: { kind: 'apiKey', id: row.key_id, scopes: row.key_scopes },
      user: userRow.toUser(row),
      row,
    }
  }
}

interface KeyViewerRow extends UserRow {
  key_id: string
  key_scopes: Scope[]
  key_last_used_at: string | null
}
