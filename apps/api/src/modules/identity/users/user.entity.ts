import { defineEntity, p } from '@mikro-orm/core'

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(255).nullable(),
    email: p.string().length(255).unique(),
    emailVerified: p.datetime(6).nullable(),
    image: p.text().nullable(),
    passwordHash: p.text().nullable(),
    createdAt: p.datetime(6).defaultRaw('now()'),
    updatedAt: p.datetime(6).defaultRaw('now()'),
    // Copied into every login and one-time token: raising it by one ends them all, with no list that could race.
    authEpoch: p.integer().default(0),
    disabledAt: p.datetime(6).nullable(),
  },
})

/** A person with an account here. */
export class User extends UserSchema.class {}
UserSchema.setClass(User)
