import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import type { SecurityEventKind } from './securityEventKind.ts'

export interface SecurityEventDetail {
  /** For what a job tells of, which may be done twice: the second time writes nothing. */
  id?: string
  kind: SecurityEventKind
  userId: string
  occurredAt: Date
  /** Null for what the operator did, who comes from nowhere. */
  client: Client | null
}

/** Writes in the caller's transaction: what did not happen is not told, and what happened is. */
export async function recordSecurityEvent(
  em: EntityManager,
  { id = newId(), kind, userId, occurredAt, client }: SecurityEventDetail,
): Promise<void> {
  await em.execute(
    `insert into security_events (id, user_id, kind, occurred_at, ip_address, user_agent)
    values (?, ?, ?, ?, ?, left(?, 512)) on conflict (id) do nothing`,
    [id, userId, kind, occurredAt, client?.ipAddress ?? null, client?.userAgent ?? null],
  )
}
