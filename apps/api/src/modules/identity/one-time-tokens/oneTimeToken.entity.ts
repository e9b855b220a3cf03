import { defineEntity, p } from '@mikro-orm/core'
import { User } from '../users/user.entity.ts'

const OneTimeTokenSchema = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_tokens',
  properties: {
    id: p.uuid().primary(),
    purpose: p.text(),
    tokenHash: p.blob().unique(),
    email: p.string().length(255),
    user: () => p.manyToOne(User).deleteRule('cascade').nullable().index(),
    authEpoch: p.integer().nullable(),
    createdAt: p.datetime(6),
    expiresAt: p.datetime(6).index(),
    usedAt: p.datetime(6).nullable(),
  },
  indexes: [{ properties: ['purpose', 'email'] }],
})

/** The hash of a token that was sent by mail: good once, for its purpose and its address, until it expires. */
export class OneTimeToken extends OneTimeTokenSchema.class {}
OneTimeTokenSchema.setClass(OneTimeToken)
