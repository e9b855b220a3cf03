import { defineEntity, p } from '@mikro-orm/core'
import { User } from '../identity/users/user.entity.ts'

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session_metadata',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).deleteRule('cascade'),
    startedAt: p.datetime(6).defaultRaw('now()'),
    endedAt: p.datetime(6).nullable(),
    durationSeconds: p.integer().nullable(),
    lastSeenAt: p.datetime(6),
    // The last beat that was written here because Redis was out of reach. Such beats are written once a minute, so that
    // one of the minute after it may stand nowhere.
    outageBeatAt: p.datetime(6).nullable(),
    clientSessionId: p.uuid().nullable(),
    timeZone: p.text(),
    status: p.text(),
  },
  uniques: [
    { name: 'session_metadata_user_id_client_session_id_unique', properties: ['user', 'clientSessionId'] },
    {
      name: 'session_metadata_live_unique',
      expression:
        'create unique index "session_metadata_live_unique" on "session_metadata" ("user_id") where "ended_at" is null',
    },
  ],
  indexes: [
    {
      name: 'session_metadata_user_id_started_at_id_index',
      expression:
        'create index "session_metadata_user_id_started_at_id_index" on "session_metadata" ("user_id", "started_at" desc, "id" desc)',
    },
    {
      name: 'session_metadata_live_last_seen_at_index',
      expression:
        'create index "session_metadata_live_last_seen_at_index" on "session_metadata" ("last_seen_at") where "ended_at" is null',
    },
    {
      name: 'session_metadata_live_started_at_index',
      expression:
        'create index "session_metadata_live_started_at_index" on "session_metadata" ("started_at") where "ended_at" is null',
    },
  ],
  checks: [
    { name: 'session_metadata_status_check', expression: `status in ('RUNNING', 'COMPLETED', 'EXPIRED')` },
    {
      name: 'session_metadata_over_check',
      expression: `(status = 'RUNNING') = (ended_at is null) and (ended_at is null) = (duration_seconds is null) and ended_at >= started_at`,
    },
  ],
})

/** The lasting record of a wellness session, from the moment it starts. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session)
