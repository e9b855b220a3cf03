import { defineEntity, p } from '@mikro-orm/core'
import { User } from '../users/user.entity.ts'

const SecurityEventSchema = defineEntity({
  name: 'SecurityEvent',
  tableName: 'security_events',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).deleteRule('cascade'),
    kind: p.text(),
    occurredAt: p.datetime(6).index(),
    ipAddress: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
  indexes: [
    {
      name: 'security_events_user_id_occurred_at_id_index',
      expression:
        'create index "security_events_user_id_occurred_at_id_index" on "security_events" ("user_id", "occurred_at" desc, "id" desc)',
    },
  ],
})

/** Something that happened to the safety of a user's account; written in the transaction of what it tells. */
export class SecurityEvent extends SecurityEventSchema.class {}
SecurityEventSchema.setClass(SecurityEvent)
