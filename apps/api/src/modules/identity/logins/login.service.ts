import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Clock } from '../../../platform/clock/clock.ts'
import { toDate } from '../../../platform/database/timestamp.ts'
import { opaqueToken } from '../../../platform/crypto/opaqueToken.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { unauthenticated } from '../../../platform/graphql/unauthenticated.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import { LOGIN_ABSOLUTE_MS } from './login.repository.ts'
import type { LoginCredential, LoginViewer } from './viewer.ts'

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
   * A login with a token of its own. What it stands on was checked just now, and counts as a recent proof.
   *
   * @returns null when the user's epoch was raised since, or the user was disabled: what the login would stand on is
   *   no longer so.
   */
  async create(em: EntityManager, { userId, authEpoch, client }: LoginGround): Promise<NewLogin | null> {
    const now = this.#clock.now()
    const expiresAt = new Date(now.getTime() + LOGIN_ABSOLUTE_MS)
    const { token, hash } = opaqueToken.make()
    // Beside a transaction that raises the epoch it copies the old one, and the login is dead from the start. The lock
    // waits for one that deletes the user, and finds nobody then.
    const created = await em.execute<object[]>(
      `insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, confirmed_at, expires_at, ip_address, user_agent)
      select ?, u.id, ?, u.auth_epoch, ?, ?, ?, ?, ?, left(?, 512) from users u
      where u.id = ? and u.auth_epoch = ? and u.disabled_at is null
      for key share returning id`,
      [newId(), hash, now, now, now, expiresAt, client.ipAddress, client.userAgent, userId, authEpoch],
    )
    return created.length === 1 ? { token, expiresAt } : null
  }

  /**
   * Gives a login another token, after its person was proven anew. The old token ends with it, and the login's own end
   * stays where it was.
   *
   * @param authEpoch as it was read together with what was proven.
   * @returns null when the login ended since, or got another token already: of two proofs side by side one wins, or the
   *   answer of the other could leave its browser with a token that is void.
   */
  async renew(em: EntityManager, viewer: LoginViewer, authEpoch: number): Promise<NewLogin | null> {
    const now = this.#clock.now()
    const { token, hash } = opaqueToken.make()
    // Beside a transaction that raises the epoch it keeps the old one, and is dead.
    const [renewed] = await em.execute<{ expires_at: string }[]>(
      `update logins l set token_hash = ?, confirmed_at = ? from users u
      where l.id = ? and l.token_hash = ? and l.auth_epoch = ? and l.expires_at > ?
        and u.id = l.user_id and u.auth_epoch = l.auth_epoch and u.disabled_at is null
      returning l.expires_at`,
      [hash, now, viewer.credential.id, viewer.credential.tokenHash, authEpoch, now],
    )
    return renewed ? { token, expiresAt: toDate(renewed.expires_at) } : null
  }

  /**
   * Ends all logins of the viewer but their own, in the caller's transaction.
   *
   * @returns how many there were, and the epoch that the remaining one now has.
   */
  async endOthers(
    tx: EntityManager,
    { userId, credential }: Pick<LoginViewer, 'userId'> & { credential: Pick<LoginCredential, 'id'> },
  ): Promise<{ count: number; authEpoch: number }> {
    const authEpoch = await raiseEpoch(tx, userId)
    await tx.execute('update logins set auth_epoch = ? where id = ?', [authEpoch, credential.id])
    const ended = await tx.execute<object[]>(
      'delete from logins where user_id = ? and id <> ? returning id',
      [userId, credential.id],
    )
    return { count: ended.length, authEpoch }
  }

  /**
   * Ends every login of a user, in the caller's transaction.
   *
   * @returns how many there were, and the user's epoch from now on.
   */
  async endAll(tx: EntityManager, userId: string): Promise<{ count: number; authEpoch: number }> {
    const authEpoch = await raiseEpoch(tx, userId)
    const ended = await tx.execute<object[]>('delete from logins where user_id = ? returning id', [userId])
    return { count: ended.length, authEpoch }
  }

  /** Ends the login that a request was made with. To end it a second time, side by side, changes nothing. */
  async end(em: EntityManager, viewer: LoginViewer, client: Client): Promise<void> {
    await em.transactional(async (tx) => {
      // As the event will; but before the login, in the order of those that change users and then end their logins.
      await tx.execute('select 1 from users where id = ? for key share', [viewer.userId])
      const ended = await tx.execute<object[]>('delete from logins where id = ? returning id', [
        viewer.credential.id,
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

/** A login that is being made right now copies the old epoch, and is dead from the start. */
async function raiseEpoch(tx: EntityManager, userId: string): Promise<number> {
  const [user] = await tx.execute<{ auth_epoch: number }[]>(
    'update users set auth_epoch = auth_epoch + 1 where id = ? returning auth_epoch',
    [userId],
  )
  if (!user) throw unauthenticated()
  return user.auth_epoch
}
