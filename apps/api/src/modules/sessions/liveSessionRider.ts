import type { Viewer, ViewerRider } from '../identity/logins/viewer.ts'
import { type SessionRecord, type SessionRow, sessionRow } from './sessionRow.ts'

/**
 * Has the query "who is this" bring the viewer's open session along, of which there is at most one: a beat then knows the
 * record without a request of its own to PostgreSQL.
 */
export const liveSessionRider: ViewerRider & { read(viewer: Viewer): SessionRecord | null } = {
  // One column: most requests have no use for it, and each column costs every request.
  columns: 'to_json(live_session) as live_session',
  join: 'left join session_metadata live_session on live_session.user_id = u.id and live_session.ended_at is null',

  read({ row }) {
    const found = row['live_session'] as SessionRow | null
    return found && sessionRow.toRecord(found)
  },
}
