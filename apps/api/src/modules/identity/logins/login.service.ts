import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Clock } from '../../../platform/clock/clock.ts'
import { opaqueToken } from '../../../platform/crypto/opaqueToken.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import { LOGIN_ABSOLUTE_MS } from './login.repository.ts'
import type { Viewer } from './viewer.ts'

/** A login as its holder gets it: the only time that the token is seen. */
export interface NewLogin {
  token: string
  expiresAt: Date
}

export interface LoginGround {
  userId: string
  /** As it was read together with what proves the person: the password's hash, or a link's token. */
  authEpoch: number
  client: Client
}

/** Begins and ends logins. Knows nothing of sessions: signing out never touches one that is running. */
export class LoginService {
  readonly #clock: Clock

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  /**
   * A login with a token of its own.
   *
   * @returns null when the user's epoch was raised since, or the user was disabled: what the login would stand on is
   *   no longer so.
   */
  async create(em: EntityManager, { userId, authEpoch, client }: LoginGround): Promise<NewLogin | null> {
    const now = this.#clock.now()
    const expiresAt = new Date(now.getTime() + LOGIN_ABSOLUTE_MS)
    const { token, hash } = opaqueToken.make()
    // Beside a transaction that raises the epoch it copies the old one, and the login is dead from the start.
    const created = await em.execute<object[]>(
      `insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, expires_at, ip_address, user_agent)
      select ?, u.id, ?, u.auth_epoch, ?, ?, ?, ?, left(?, 512) from users u
      where u.id = ? and u.auth_epoch = ? and u.disabled_at is null
      returning id`,
      [newId(), hash, now, now, expiresAt, client.ipAddress, client.userAgent, userId, authEpoch],
    )
    return created.length === 1 ? { token, expiresAt } : null
  }

  /** Ends the login that a request was made with. To end it a second time, side by side, changes nothing. */
  async end(em: EntityManager, viewer: Viewer, client: Client): Promise<void> {
    await em.transactional(async (tx) => {
      const ended = await tx.execute<object[]>('delete from logins where id = ? returning id', [
        viewer.loginId,
      ])
      if (ended.length === 0) return
      await recordSecurityEvent(tx, {
        kind: 'SIGNED_OUT',
        userId: viewer.userId,
        occurredAt: this.#clock.now(),
        client,
      })
    })
  }
}
