import type { EntityManager } from '@mikro-orm/postgresql'
import { emailAddress } from '@wellness/domain/emailAddress'
import { publicId } from '@wellness/domain/publicId'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../platform/clock/clock.ts'
import { LoginService } from '../logins/login.service.ts'
import { enqueuePasswordResetMail } from '../password-reset/enqueuePasswordResetMail.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { SecurityEventKind } from '../security-events/securityEventKind.ts'
import { OperatorProblem } from './operatorProblem.ts'

interface Account {
  id: string
  email: string
  disabled_at: string | null
}

/**
 * What the operator may do to an account: shut it, open it, end its logins, send its owner a reset link. There is no way to set a password, for it
 * would be known to two. Each says what it did, and leaves an event for the account's owner.
 */
export class OperatorService {
  readonly #clock: Clock
  readonly #logins: LoginService

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
    this.#logins = new LoginService({ clock })
  }

  /** From the next request on nobody is signed in to the account, and nobody can sign in. */
  async disable(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'DISABLED_BY_OPERATOR', async (tx, account) => {
      if (account.disabled_at !== null) return null
      await tx.execute('update users set disabled_at = ? where id = ?', [this.#clock.now(), account.id])
      const ended = await this.#endLogins(tx, account.id)
      return `is disabled, and ${ended}`
    })
  }

  /** The logins that were ended stay so. */
  async enable(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'ENABLED_BY_OPERATOR', async (tx, account) => {
      if (account.disabled_at === null) return null
      await tx.execute('update users set disabled_at = null where id = ?', [account.id])
      return 'is enabled, and can sign in again'
    })
  }

  /** On every device, from the next request on; signing in again is free to all who know the password. */
  async endLogins(em: EntityManager, who: string): Promise<string> {
    return this.#act(em, who, 'LOGINS_ENDED_BY_OPERATOR', async (tx, account) => {
      return `is signed out everywhere: ${await this.#endLogins(tx, account.id)}`
    })
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
    work: (tx: EntityManager, account: Account) => Promise<string | null>,
  ): Promise<string> {
    return em.transactional(async (tx) => {
      const account = await getAccount(tx, who)
      const name = `${account.email} (${publicId.from('user', account.id)})`
      const done = await work(tx, account)
      if (done === null) return `${name} is so already: nothing was changed.`
      await recordSecurityEvent(tx, { kind, userId: account.id, occurredAt: this.#clock.now(), client: null })
      return `${name} ${done}.`
    })
  }
}

/** By address or id; locked, so that of two commands at once the second finds what the first did. */
async function getAccount(tx: EntityManager, who: string): Promise<Account> {
  const id = publicId.parse('user', who)
  const email = emailAddress.safeParse(who)
  if (id === null && !email.success) {
    throw new OperatorProblem(`"${who}" is neither an e-mail address nor an id of a user (user_…).`)
  }
  const [account] = await tx.execute<Account[]>(
    `select id, email, disabled_at from users where ${id === null ? 'email' : 'id'} = ? for update`,
    [id ?? email.data],
  )
  if (!account)
    throw new OperatorProblem(`There is no user ${id === null ? 'with the address' : 'with the id'} ${who}.`)
  return account
}
