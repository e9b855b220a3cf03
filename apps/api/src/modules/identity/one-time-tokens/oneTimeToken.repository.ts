import type { EntityManager } from '@mikro-orm/postgresql'
import { HOUR } from '@wellness/domain/time'
import { opaqueToken } from '../../../platform/crypto/opaqueToken.ts'

export type OneTimeTokenPurpose = 'SIGN_UP'

const LIFETIME_MS = HOUR
/** So many links of one purpose may be open for an address. Asking for another voids none of them. */
const OPEN_MAX = 3

export interface OneTimeTokenGround {
  /** The row's id, which is no secret. A second try with the same id takes the first one's place. */
  id: string
  purpose: OneTimeTokenPurpose
  email: string
  now: Date
}

/** Tokens that are sent by mail. The table holds hashes alone: a copy of it opens nothing. */
export class OneTimeTokenRepository {
  /** @returns the token; null when there are as many open ones as there may be. */
  async issue(em: EntityManager, { id, purpose, email, now }: OneTimeTokenGround): Promise<string | null> {
    const { token, hash } = opaqueToken.make()
    const expiresAt = new Date(now.getTime() + LIFETIME_MS)
    return em.transactional(async (tx) => {
      // One at a time per address: counting and inserting side by side would go beyond the limit.
      await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${purpose}:${email}`])
      const issued = await tx.execute<object[]>(
        `insert into one_time_tokens (id, purpose, token_hash, email, created_at, expires_at)
        select ?, ?, ?, ?, ?, ?
        where (select count(*) from one_time_tokens
          where purpose = ? and email = ? and used_at is null and expires_at > ? and id <> ?) < ?
        on conflict (id) do update set token_hash = excluded.token_hash, created_at = excluded.created_at,
          expires_at = excluded.expires_at where one_time_tokens.used_at is null
        returning id`,
        [id, purpose, hash, email, now, expiresAt, purpose, email, now, id, OPEN_MAX],
      )
      return issued.length === 1 ? token : null
    })
  }

  /** Takes back a token whose mail did not leave. */
  async withdraw(em: EntityManager, id: string): Promise<void> {
    await em.execute('delete from one_time_tokens where id = ? and used_at is null', [id])
  }

  /** Whose address the token is good for; null when it is unknown, used or too old. Uses nothing up. */
  async findOpen(
    em: EntityManager,
    purpose: OneTimeTokenPurpose,
    token: string,
    now: Date,
  ): Promise<OpenToken | null> {
    const hash = opaqueToken.hash(token)
    if (!hash) return null
    const [row] = await em.execute<OpenToken[]>(
      'select id, email from one_time_tokens where token_hash = ? and purpose = ? and used_at is null and expires_at > ?',
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
    { id, email }: OpenToken,
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
}
