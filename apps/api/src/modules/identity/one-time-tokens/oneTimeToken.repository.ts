import type { EntityManager } from '@mikro-orm/postgresql'
import { DAY, HOUR } from '@wellness/domain/time'
import { opaqueToken } from '../../../platform/crypto/opaqueToken.ts'

/** How long a link works, and how many may be open for an address. Asking for another voids none of them. */
export const PURPOSES = {
  SIGN_UP: { lifetimeMs: HOUR, openMax: 3 },
  PASSWORD_RESET: { lifetimeMs: HOUR, openMax: 3 },
  EMAIL_CHANGE: { lifetimeMs: HOUR, openMax: 3 },
  // Sent with every notice, and never asked for. Read late, by who was away.
  NOT_ME: { lifetimeMs: 7 * DAY, openMax: 1_000 },
} as const

export type OneTimeTokenPurpose = keyof typeof PURPOSES

export interface OneTimeTokenGround {
  /** The row's id, which is no secret. A second try with the same id takes the first one's place. */
  id: string
  purpose: OneTimeTokenPurpose
  email: string
  /** Whose it is, for who has an account already. It is void as soon as their epoch is another; null outlasts that. */
  user?: { id: string; authEpoch: number | null }
  now: Date
}

/** Tokens that are sent by mail. The table holds hashes alone: a copy of it opens nothing. */
export class OneTimeTokenRepository {
  /**
   * @returns the token; null when there are as many open ones as there may be, or its user is disabled, gone, or of
   *   another epoch.
   */
  async issue(
    em: EntityManager,
    { id, purpose, email, user, now }: OneTimeTokenGround,
  ): Promise<string | null> {
    const { token, hash } = opaqueToken.make()
    const { lifetimeMs, openMax } = PURPOSES[purpose]
    const expiresAt = new Date(now.getTime() + lifetimeMs)
    const [userId, authEpoch] = [user?.id ?? null, user?.authEpoch ?? null]
    return em.transactional(async (tx) => {
      // Wholly before what changes the user and voids their tokens, which then finds this one; or wholly after.
      if (user) await tx.execute('select 1 from users where id = ? for key share', [user.id])
      // One at a time per address: counting and inserting side by side would go beyond the limit.
      await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${purpose}:${email}`])
      const issued = await tx.execute<object[]>(
        `insert into one_time_tokens (id, purpose, token_hash, email, user_id, auth_epoch, created_at, expires_at)
        select ?, ?, ?, ?, ?, ?, ?, ?
        where (select count(*) from one_time_tokens
          where purpose = ? and email = ? and auth_epoch is not distinct from ? and used_at is null
            and expires_at > ? and id <> ?) < ?
          and (? or exists (select 1 from users where id = ? and auth_epoch = coalesce(?::int, auth_epoch)
            and disabled_at is null))
        on conflict (id) do update set token_hash = excluded.token_hash, created_at = excluded.created_at,
          expires_at = excluded.expires_at where one_time_tokens.used_at is null
        returning id`,
        [
          ...[id, purpose, hash, email, userId, authEpoch, now, expiresAt],
          ...[purpose, email, authEpoch, now, id, openMax],
          ...[user === undefined, userId, authEpoch],
        ],
      )
      return issued.length === 1 ? token : null
    })
  }

  /** Takes back a token whose mail did not leave. */
  async withdraw(em: EntityManager, id: string): Promise<void> {
    await em.execute('delete from one_time_tokens where id = ? and used_at is null', [id])
  }

  /**
   * What the token is good for; null when it is unknown, used, too old, or void since its user's epoch was raised. Uses
   * nothing up.
   */
  async findOpen(
    em: EntityManager,
    purpose: OneTimeTokenPurpose,
    token: string,
    now: Date,
  ): Promise<OpenToken | null> {
    const hash = opaqueToken.hash(token)
    if (!hash) return null
    const [row] = await em.execute<OpenToken[]>(
      `select t.id, t.email, t.user_id as "userId", t.auth_epoch as "authEpoch" from one_time_tokens t
      left join users u on u.id = t.user_id
      where t.token_hash = ? and t.purpose = ? and t.used_at is null and t.expires_at > ?
        and (t.user_id is null or (u.auth_epoch = coalesce(t.auth_epoch, u.auth_epoch) and u.disabled_at is null))`,
      [hash, purpose, now],
    )
    return row ?? null
  }

  /**
   * Uses the token up, and voids the others of its purpose and address, in the caller's transaction.
   *
   * @returns whether it was still open: of two at once, one wins.
   */
  async consume(
    em: EntityManager,
    purpose: OneTimeTokenPurpose,
    { id, email }: Pick<OpenToken, 'id' | 'email'>,
    now: Date,
  ): Promise<boolean> {
    // Locked in the order of their ids: two links of one address used at once would otherwise wait for each other.
    const consumed = await em.execute<{ id: string; is_fresh: boolean }[]>(
      `with open as (
        select id from one_time_tokens where purpose = ? and email = ? and used_at is null order by id for update)
      update one_time_tokens t set used_at = ? from open where t.id = open.id
      returning t.id, t.expires_at > ? as is_fresh`,
      [purpose, email, now, now],
    )
    return consumed.some((token) => token.id === id && token.is_fresh)
  }
}

export interface OpenToken {
  id: string
  email: string
  /** Null for who has no account yet. */
  userId: string | null
  authEpoch: number | null
}
