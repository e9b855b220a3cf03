import { defineEntity, p } from '@mikro-orm/core'
import { User } from '../users/user.entity.ts'

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    provider: p.text().primary(),
    providerAccountId: p.text().primary(),
    user: () => p.manyToOne(User).deleteRule('cascade').index(),
    type: p.text(),
    // The provider's tokens stay null as long as nothing uses them: what is not kept cannot leak.
    refreshToken: p.text().nullable(),
    accessToken: p.text().nullable(),
    expiresAt: p.bigint().nullable(),
    tokenType: p.text().nullable(),
    scope: p.text().nullable(),
    idToken: p.text().nullable(),
    sessionState: p.text().nullable(),
  },
})

/** An outside sign-in provider linked to a user. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account)
