import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { revokeEveryKey } from '../api-keys/revokeEveryKey.ts'
import type { LoginService } from '../logins/login.service.ts'
import { voidLaterNotices } from '../notices/voidLaterNotices.ts'
import { invalidToken } from '../one-time-tokens/invalidToken.ts'
import type { OneTimeTokenRepository, OpenToken } from '../one-time-tokens/oneTimeToken.repository.ts'
import { enqueuePasswordResetMail } from '../password-reset/enqueuePasswordResetMail.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'

/** There is no other notice to be had. */
const WAY_OUT = 'Ask for a new password instead.'

export interface NotMeReport {
  token: string
  client: Client
  requestId: string
}

interface NotMeParts {
  clock: Clock
  tokens: OneTimeTokenRepository
  logins: LoginService
}

/** Takes an account back for whoever was told, at an address of theirs, of something that they did not do. */
export class NotMeService {
  readonly #parts: NotMeParts

  constructor(parts: NotMeParts) {
    this.#parts = parts
  }

  /**
   * @returns whether a reset link is sent: not where the address has another user by now.
   * @throws {UserProblem} INVALID_TOKEN
   */
  async report(
    em: EntityManager,
    { token, client, requestId }: NotMeReport,
  ): Promise<{ resetLinkSent: boolean }> {
    const { clock, tokens } = this.#parts
    const open = await tokens.findOpen(em, 'NOT_ME', token, clock.now())
    if (!open?.userId) throw invalidToken(WAY_OUT)
    const { userId } = open
    const resetLinkSent = await em.transactional((tx) =>
      this.#takeBack(tx, { ...open, userId }, { client, requestId }),
    )
    return { resetLinkSent }
  }

  async #takeBack(
    tx: EntityManager,
    open: OpenToken & { userId: string },
    { client, requestId }: Omit<NotMeReport, 'token'>,
  ): Promise<boolean> {
    const { clock, logins, tokens } = this.#parts
    const { userId, email } = open
    const now = clock.now()
    const [user] = await tx.execute<{ email: string }[]>(
      'select email from users where id = ? and disabled_at is null for update',
      [userId],
    )
    if (!user || !(await tokens.consume(tx, 'NOT_ME', open, now))) throw invalidToken(WAY_OUT)
    // Whoever did it knows the password, and would be back before the owner has chosen another.
    await tx.execute('update users set password_hash = null, updated_at = ? where id = ?', [now, userId])
    await logins.endAll(tx, userId)
    await revokeEveryKey(tx, { userId, client, now })
    const event = { userId, occurredAt: now, client }
    await recordSecurityEvent(tx, { ...event, kind: 'NOT_ME_REPORTED' })
    if (user.email !== email) {
      if (!(await this.#restoreAddress(tx, { userId, email, now }))) return false
      // Else whoever changed the address could take the account back by a notice that they got at theirs.
      await voidLaterNotices(tx, { tokenId: open.id, userId, keptEmail: email, now })
      await recordSecurityEvent(tx, { ...event, kind: 'EMAIL_CHANGED' })
    }
    await enqueuePasswordResetMail(tx, { email, askedBy: 'OWNER', client, requestId })
    return true
  }

  /** @returns false when the address has another user by now: it is theirs, and the account stays shut where it is. */
  async #restoreAddress(
    tx: EntityManager,
    { userId, email, now }: { userId: string; email: string; now: Date },
  ): Promise<boolean> {
    try {
      const restored = await tx.transactional((savepoint) =>
        savepoint.execute<object[]>(
          `update users set email = ?, email_verified = ? where id = ?
            and not exists (select 1 from users where email = ?) returning id`,
          [email, now, userId, email],
        ),
      )
      return restored.length === 1
    } catch (error) {
      // Somebody signs up with the address in this very moment.
      if (error instanceof UniqueConstraintViolationException) return false
      throw error
    }
  }
}
