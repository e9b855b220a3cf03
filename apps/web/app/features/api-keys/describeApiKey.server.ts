import type { ApiKeyFieldsFragment } from '@wellness/api-client/operations'
import { describeMoment } from '../../.server/describeMoment.ts'
import type { MomentText } from '../../ui/Moment.tsx'
import { scopeTexts } from './scopeTexts.ts'

/** An API key as pages show it. */
export interface ApiKeyText {
  keyId: string
  name: string
  hint: string
  allows: string[]
  created: MomentText
  /** Null for a key without an end. */
  expires: MomentText | null
  isExpired: boolean
  /** Null when it was never used. */
  lastUsed: MomentText | null
}

export function describeApiKey(key: ApiKeyFieldsFragment, locale: string): ApiKeyText {
  const { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt } = key
  return {
    keyId: id,
    name,
    hint,
    allows: scopes.map((scope) => scopeTexts[scope].name),
    created: describeMoment(createdAt, locale),
    expires: expiresAt === null ? null : describeMoment(expiresAt, locale),
    isExpired: expiresAt !== null && Date.parse(expiresAt) <= Date.now(),
    lastUsed: lastUsedAt === null ? null : describeMoment(lastUsedAt, locale),
  }
}
