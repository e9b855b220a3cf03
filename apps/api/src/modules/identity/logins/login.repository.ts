import { DAY, MINUTE } from '@wellness/domain/time'
import type { StatementRunner } from '../../../platform/database/statementRunner.ts'
import { inOneColumn } from '../../../platform/database/inOneColumn.ts'
import { toDate } from '../../../platform/database/timestamp.ts'
import { userRow, type UserRow } from '../users/userRow.ts'
import type { LoginViewer, ViewerRider } from './viewer.ts'

/** A login that is not used for so long ends by itself. */
export const LOGIN_IDLE_MS = 14 * DAY
/** A login ends after so long, however much it is used. */
export const LOGIN_ABSOLUTE_MS = 30 * DAY
/** The last use is written at most this often: exact enough for a limit of days, and no write a request. */
const LAST_SEEN_RESOLUTION_MS = 5 * MINUTE

const TOUCH_LOGIN = 'update logins set last_seen_at = $1 where id = $2 and last_seen_at < $1'

/** Reads logins without hydration: every request passes here. */
export class LoginRepository {
  readonly #findViewerSql: string

  constructor(riders: readonly ViewerRider[]) {
    this.#findViewerSql = inOneColumn(`
      select l.id as login_id, l.last_seen_at as login_last_seen_at, l.confirmed_at as login_confirmed_at,
        ${userRow.columns}
        ${riders.map(({ columns }) => `, ${columns}`).join('')}
      from logins l
      join users u on u.id = l.user_id and u.auth_epoch = l.auth_epoch and u.disabled_at is null
      ${riders.map(({ join }) => join).join('\n')}
      where l.token_hash = $1 and l.expires_at > $2 and l.last_seen_at > $3`)
  }

  /**
   * Whose token this is; null when it is unknown, ended, idle for too long, or older than the user's epoch. The limits
   * are kept here, with the application's clock, and do not wait for a purge.
   */
  async findViewer(statements: StatementRunner, tokenHash: Buffer, now: Date): Promise<LoginViewer | null> {
    const idleSince = new Date(now.getTime() - LOGIN_IDLE_MS)
    const [found] = await statements.read<{ row: ViewerRow }>(this.#findViewerSql, [
      tokenHash,
      now,
      idleSince,
    ])
    if (!found) return null
    const { row } = found
    if (now.getTime() - toDate(row.login_last_seen_at).getTime() > LAST_SEEN_RESOLUTION_MS) {
      await statements.run(TOUCH_LOGIN, [now, row.login_id])
    }
    return {
      userId: row.id,
      credential: {
        kind: 'login',
        id: row.login_id,
        tokenHash,
        confirmedAt: row.login_confirmed_at === null ? null : toDate(row.login_confirmed_at),
      },
      user: userRow.toUser(row),
      row,
    }
  }
}

interface ViewerRow extends UserRow {
  login_id: string
  login_last_seen_at: string
  login_confirmed_at: string | null
}
