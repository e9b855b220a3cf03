import type { Viewer, ViewerRider } from '../identity/logins/viewer.ts'
import { type SessionRecord, sessionRow } from './sessionRow.ts'

const PREFIX = 'live_session_'

/**
 * Has the query "who is this" bring the viewer's open session along, of which there is at most one: a beat then knows the
 * record without a request of its own to PostgreSQL.
 */
export const liveSessionRider: ViewerRider & { read(viewer: Viewer): SessionRecord | null } = {
  columns: sessionRow.columns('live_session', PREFIX),
  join: 'left join session_metadata live_session on live_session.user_id = u.id and live_session.ended_at is null',

  read({ row }) {
    return row[`${PREFIX}id`] === null ? null : sessionRow.toRecord(row, PREFIX)
  },
}
