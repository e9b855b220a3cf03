import { defineEntity, p } from '@mikro-orm/core'
import { User } from '../users/user.entity.ts'

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).deleteRule('cascade').index(),
    name: p.text(),
    // The first characters of the secret, for its owner to know it by; far too few to guess the rest from.
    hint: p.text(),
    // SHA-256 of the secret: whoever reads the table can act as nobody.
    secretHash: p.blob().unique(),
    scopes: p.array(),
    createdAt: p.datetime(6),
    expiresAt: p.datetime(6).nullable().index(),
    lastUsedAt: p.datetime(6).nullable(),
  },
})

/** What lets a script or a server act for its user, within scopes. */
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey)
