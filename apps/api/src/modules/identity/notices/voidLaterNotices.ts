import type { EntityManager } from '@mikro-orm/postgresql'
import { DAY } from '@wellness/domain/time'
import { SEND_NOTICE } from './notice.job.ts'

/** Longer than the queue goes on trying to send a notice. */
const KEPT_MS = 7 * DAY

export interface LaterNotices {
  /** The token of the notice that an address was given back by. */
  tokenId: string
  userId: string
  /** The address that was given back. */
  keptEmail: string
  now: Date
}

/**
 * Voids the links of what was told to a user's other addresses after a certain notice, in the caller's transaction,
 * which holds the user: whoever changed the address got those. Ids are in the order of what they tell of, whenever the
 * mail left. What was told before stays good, or a thief who goes on to a third address could void the owner's link by
 * giving the second one "back".
 */
export async function voidLaterNotices(
  tx: EntityManager,
  { tokenId, userId, keptEmail, now }: LaterNotices,
): Promise<void> {
  await tx.execute(
    `update one_time_tokens set used_at = ?
    where purpose = 'NOT_ME' and user_id = ? and email <> ? and id > ? and used_at is null`,
    [now, userId, keptEmail, tokenId],
  )
  // Notices that wait for the mail server have no token yet. They find its place taken by one that is used.
  await tx.execute(
    `insert into one_time_tokens (id, purpose, token_hash, email, user_id, created_at, expires_at, used_at)
    select (j.payload ->> 'tokenId')::uuid, 'NOT_ME', uuid_send(gen_random_uuid()), j.payload ->> 'email', ?, ?, ?, ?
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ? and j.payload ->> 'userId' = ? and j.payload ->> 'email' <> ?
      and (j.payload ->> 'tokenId')::uuid > ?
    on conflict (id) do nothing`,
    [userId, now, new Date(now.getTime() + KEPT_MS), now, SEND_NOTICE, userId, keptEmail, tokenId],
  )
}
