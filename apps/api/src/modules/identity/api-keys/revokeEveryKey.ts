import type { EntityManager } from '@mikro-orm/postgresql'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'

/** How a mail names a key. */
export interface NamedKey {
  name: string
  hint: string
}

export interface RevokingEveryKey {
  userId: string
  /** Null for what the operator did, who comes from nowhere. */
  client: Client | null
  now: Date
}

/**
 * Revokes every API key of a user, in the caller's transaction, which holds the user: one that is made beside it is made
 * wholly before, and goes, or stands on a login that is over by then. Telling the owner is the caller's.
 */
export async function revokeEveryKey(
  tx: EntityManager,
  { userId, client, now }: RevokingEveryKey,
): Promise<NamedKey[]> {
  const revoked = await tx.execute<NamedKey[]>(
    'delete from api_keys where user_id = ? returning name, hint',
    [userId],
  )
  const event = { kind: 'API_KEY_REVOKED', userId, occurredAt: now, client } as const
  for (let i = 0; i < revoked.length; i += 1) await recordSecurityEvent(tx, event)
  return revoked
}
