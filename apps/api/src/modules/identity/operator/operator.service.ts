import type { EntityManager } from '@mikro-orm/postgresql'
import { emailAddress } from '@wellness/domain/emailAddress'
import { publicId } from '@wellness/domain/publicId'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../platform/clock/clock.ts'
import { revokeEveryKey } from '../api-keys/revokeEveryKey.ts'
import { LoginService } from '../logins/login.service.ts'
import { enqueuePasswordResetMail } from '../password-reset/enqueuePasswordResetMail.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { SecurityEventKind } from '../security-events/securityEventKind.ts'
import { OperatorProblem } from './operatorProblem.ts'

interface FoundUser {
  id: string
  email: string
  disabled_at: string | null
}

/**
 * What the operator may do to a user: disable and enable them, end their logins, revoke their API keys, send them a
 * reset link. There is no way to set a password, for it would be known to two. Each says what it did, and leaves an event for
 * the user.
 */
export class OperatorService {
  readonly #clock: Clock
  readonly #logins: LoginService

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
    this.#logins = new LoginService({ clock })
  }

  /** From the next request on nobody is signed in as this user, nobody can sign in, and no API key acts for them. */
  async disable(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'DISABLED_BY_OPERATOR', async (tx, user) => {
      if (user.disabled_at !== null) return null
      await tx.execute('update users set disabled_at = ? where id = ?', [this.#clock.now(), user.id])
      const ended = await this.#endLogins(tx, user.id)
      return `is disabled: ${ended}, ${await this.#takeKeys(tx, user.id)}`
    })
  }

  /** What was ended and revoked stays so. */
  async enable(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'ENABLED_BY_OPERATOR', async (tx, user) => {
      if (user.disabled_at === null) return null
      await tx.execute('update users set disabled_at = null where id = ?', [user.id])
      return 'is enabled, and can sign in again'
    })
  }

  /** On every device, from the next request on; signing in again is free to all who know the password. */
  async endLogins(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'LOGINS_ENDED_BY_OPERATOR', async (tx, user) => {
      return `is signed out everywhere: ${await this.#endLogins(tx, user.id)}`
    })
  }

  /** From the next request on; its logins stay. */
  async revokeKeys(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'API_KEYS_REVOKED_BY_OPERATOR', async (tx, user) => {
      return `is acted for by no API key any more: ${await this.#takeKeys(tx, user.id)}`
    })
  }

  async #takeKeys(tx: EntityManager, userId: string): Promise<string> {
    const { length } = await revokeEveryKey(tx, {
      userId,
      client: null,
      now: this.#clock.now(),
    })
    return `${length} ${length === 1 ? 'API key was' : 'API keys were'} revoked`
  }

  async #endLogins(tx: EntityManager, userId: string): Promise<string> {
    const { count } = await this.#logins.endAll(tx, userId)
    return `${count} ${count === 1 ? 'login was' : 'logins were'} ended`
  }

  /** The owner gets a link by mail, as if they had asked for it; until it is used, nothing changes. */
  async startReset(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'RESET_STARTED_BY_OPERATOR', async (tx, { email, disabled_at }) => {
      if (disabled_at !== null) throw new OperatorProblem(`${email} is disabled: enable it first.`)
      const requestId = `operator-${randomUUID()}`
      await enqueuePasswordResetMail(tx, { email, askedBy: 'OPERATOR', client: null, requestId })
      return 'gets a mail with a link to choose a new password, as soon as a worker runs'
    })
  }

  /** @param work says what it did; null when it was so already, which is no event. */
  async #act(
    em: EntityManager,
    who: string,
    kind: SecurityEventKind,
    work: (tx: EntityManager, user: FoundUser) => Promise<string | null>,
  ): Promise<string> {
    return em.transactional(async (tx) => {
      const user = await getUser(tx, who)
      const name = `${user.email} (${publicId.from('user', user.id)})`
      const done = await work(tx, user)
      if (done === null) return `${name} is so already: nothing was changed.`
      await recordSecurityEvent(tx, { kind, userId: user.id, occurredAt: this.#clock.now(), client: null })
      return `${name} ${done}.`
    })
  }
}

/** By address or id; locked, so that of two commands at once the second finds what the first did. */
async function getUser(tx: EntityManager, who: string): Promise<FoundUser> {
  const id = publicId.parse('user', who)
  const email = emailAddress.safeParse(who)
  if (id === null && !email.success) {
    throw new OperatorProblem(`"${who}" is neither an e-mail address nor an id of a user (user_…).`)
  }
  const [user] = await tx.execute<FoundUser[]>(
    `select id, email, disabled_at from users where ${id === null ? 'email' : 'id'} = ? for update`,
    [id ?? email.data],
  )
  if (!user)
    throw new OperatorProblem(`There is no user ${id === null ? 'with the address' : 'with the id'} ${who}.`)
  return user
}
