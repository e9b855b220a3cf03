import { defineEntity, p } from '@mikro-orm/core'
import { User } from '../users/user.entity.ts'

const LoginSchema = defineEntity({
  name: 'Login',
  tableName: 'logins',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).deleteRule('cascade').index(),
    // SHA-256 of the token: whoever reads the table can sign in as nobody.
    tokenHash: p.blob().unique(),
    authEpoch: p.integer(),
    createdAt: p.datetime(6),
    lastSeenAt: p.datetime(6),
    expiresAt: p.datetime(6).index(),
    // When whoever holds it last showed that they are its person; a recent proof is needed for what cannot be undone.
    confirmedAt: p.datetime(6).nullable(),
    ipAddress: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
})

/** Being signed in on a device. */
export class Login extends LoginSchema.class {}
LoginSchema.setClass(Login)
