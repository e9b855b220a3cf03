import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import { unauthenticated } from '../../../platform/graphql/unauthenticated.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { LoginService, NewLogin } from '../logins/login.service.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import { enqueueNotice } from '../notices/enqueueNotice.ts'
import type { PasswordHasher } from '../passwords/passwordHasher.ts'
import { passwordLength } from '../passwords/passwordLength.ts'
import { passwordPolicy } from '../passwords/passwordPolicy.ts'
import type { PasswordProver } from '../passwords/passwordProver.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { UserRepository } from '../users/user.repository.ts'

export interface PasswordChangeWish {
  currentPassword: string
  newPassword: string
  viewer: LoginViewer
  client: Client
  requestId: string
}

/** The same login under its new token, and what makes its device a known one of the new epoch. */
export type ChangedPassword = NewLogin & { deviceToken: string }

interface ChangePasswordParts {
  clock: Clock
  devices: DeviceTokens
  hasher: PasswordHasher
  prover: PasswordProver
  logins: LoginService
  users: UserRepository
}

/** Changes the password of who is signed in and knows it. */
export class ChangePasswordService {
  readonly #parts: ChangePasswordParts

  constructor(parts: ChangePasswordParts) {
    this.#parts = parts
  }

  /**
   * @throws {UserProblem} INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS, or what is wrong with the new password.
   * @throws UNAUTHENTICATED when the login ended, or got another token, meanwhile.
   */
  async change(em: EntityManager, wish: PasswordChangeWish): Promise<ChangedPassword> {
    const { hasher, prover } = this.#parts
    passwordLength.assertNew(wish.newPassword, 'newPassword')
    const { authEpoch } = await prover.prove(em, {
      ...wish,
      password: wish.currentPassword,
      field: 'currentPassword',
    })
    // Behind the check, which is throttled: to read a password as attackers do costs more than a look at its length.
    passwordPolicy.assertNew(wish.newPassword, wish.viewer.user, 'newPassword')
    assertAnother(wish)
    const passwordHash = await hasher.hash(wish.newPassword)
    return em.transactional((tx) => this.#change(tx, { authEpoch, passwordHash }, wish))
  }

  async #change(
    tx: EntityManager,
    { authEpoch, passwordHash }: { authEpoch: number; passwordHash: string },
    { viewer, client, requestId }: PasswordChangeWish,
  ): Promise<ChangedPassword> {
    const { clock, devices, logins, users } = this.#parts
    const { userId, user } = viewer
    const now = clock.now()
    if (!(await users.setPasswordHash(tx, { userId, authEpoch, passwordHash, now }))) throw unauthenticated()
    const { authEpoch: raised } = await logins.endOthers(tx, viewer)
    const renewed = await logins.renew(tx, viewer, raised)
    if (!renewed) throw unauthenticated()
    await recordSecurityEvent(tx, { kind: 'PASSWORD_CHANGED', userId, occurredAt: now, client })
    const { email } = user
    await enqueueNotice(tx, { kind: 'PASSWORD_CHANGED', userId, email, client, now, requestId })
    return { ...renewed, deviceToken: devices.make({ ...user, authEpoch: raised }) }
  }
}

/** Behind the check: only who knows the password learns that the new one is the same. */
function assertAnother({ currentPassword, newPassword }: PasswordChangeWish): void {
  // As the hash is made: what differs in its Unicode form alone opens the same door.
  if (newPassword.normalize('NFC') !== currentPassword.normalize('NFC')) return
  throw new UserProblem({
    code: 'INVALID_INPUT',
    message: 'This is the password that you have already. Choose another one.',
    path: ['newPassword'],
  })
}
