import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { revokeEveryKey } from '../api-keys/revokeEveryKey.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { LoginService } from '../logins/login.service.ts'
import { enqueueNotice } from '../notices/enqueueNotice.ts'
import { invalidToken } from '../one-time-tokens/invalidToken.ts'
import type { OneTimeTokenRepository, OpenToken } from '../one-time-tokens/oneTimeToken.repository.ts'
import type { PasswordHasher } from '../passwords/passwordHasher.ts'
import { passwordLength } from '../passwords/passwordLength.ts'
import { passwordPolicy } from '../passwords/passwordPolicy.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import type { PlainUser } from '../users/userRow.ts'
import { enqueuePasswordResetMail } from './enqueuePasswordResetMail.ts'

export interface PasswordResetRequest {
  email: string
  client: Client
  requestId: string
}

export interface PasswordReset {
  token: string
  password: string
  client: Client
  requestId: string
}

interface PasswordResetParts {
  clock: Clock
  devices: DeviceTokens
  hasher: PasswordHasher
  throttles: Throttles
  tokens: OneTimeTokenRepository
  logins: LoginService
  users: UserRepository
}

/** Getting back in without the password, by the mailbox. */
export class PasswordResetService {
  readonly #parts: PasswordResetParts

  constructor(parts: PasswordResetParts) {
    this.#parts = parts
  }

  /** The same work for every address: whether it has a user is looked up by the job, where nobody can measure it. */
  async request(em: EntityManager, { email, client, requestId }: PasswordResetRequest): Promise<void> {
    await this.#parts.throttles.admitPasswordReset(client.ipAddress)
    await enqueuePasswordResetMail(em, { email, askedBy: 'ANYBODY', client, requestId })
  }

  /**
   * @returns what makes this device a known one: whoever holds the mailbox is no stranger.
   * @throws {UserProblem} INVALID_TOKEN, or what is wrong with the password, which leaves the link usable.
   */
  async reset(em: EntityManager, reset: PasswordReset): Promise<{ deviceToken: string }> {
    const { clock, devices, hasher, throttles, tokens, users } = this.#parts
    passwordLength.assertNew(reset.password)
    const open = await tokens.findOpen(em, 'PASSWORD_RESET', reset.token, clock.now())
    if (!open || open.userId === null || open.authEpoch === null) throw invalidToken()
    const owner = await users.findCredentialsById(em, open.userId)
    if (!owner) throw invalidToken()
    passwordPolicy.assertNew(reset.password, owner.user)
    const passwordHash = await hasher.hash(reset.password)
    // The link's epoch and not the one just read: what ended the link in between must not be passed over.
    const { authEpoch } = open
    const raised = await em.transactional((tx) =>
      this.#change(tx, { open, owner: owner.user, authEpoch, passwordHash }, reset),
    )
    await throttles.forgetFailures(owner.user)
    return { deviceToken: devices.make({ ...owner.user, authEpoch: raised }) }
  }

  /** @returns the user's epoch from now on. */
  async #change(
    tx: EntityManager,
    {
      open,
      owner: { id: userId, email },
      authEpoch,
      passwordHash,
    }: { open: OpenToken; owner: PlainUser; authEpoch: number; passwordHash: string },
    { client, requestId }: PasswordReset,
  ): Promise<number> {
    const { clock, logins, tokens, users } = this.#parts
    const now = clock.now()
    // The user first, as everything locks them that ends logins.
    if (!(await users.setPasswordHash(tx, { userId, authEpoch, passwordHash, now }))) throw invalidToken()
    if (!(await tokens.consume(tx, 'PASSWORD_RESET', open, now))) throw invalidToken()
    const { authEpoch: raised } = await logins.endAll(tx, userId)
    // Whoever had the account may have made some. The notice of the reset tells of it.
    await revokeEveryKey(tx, { userId, client, now })
    await recordSecurityEvent(tx, { kind: 'PASSWORD_RESET', userId, occurredAt: now, client })
    await enqueueNotice(tx, { kind: 'PASSWORD_RESET', userId, email, client, now, requestId })
    return raised
  }
}
