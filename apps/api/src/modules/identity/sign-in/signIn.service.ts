import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { DeviceTokens, KnownDevice } from '../devices/deviceTokens.ts'
import type { LoginService, NewLogin } from '../logins/login.service.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import { enqueueNotice } from '../notices/enqueueNotice.ts'
import type { PasswordHasher } from '../passwords/passwordHasher.ts'
import { passwordLength } from '../passwords/passwordLength.ts'
import { recordFailedSignIn } from './recordFailedSignIn.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserCredentials, UserRepository } from '../users/user.repository.ts'
import type { PlainUser } from '../users/userRow.ts'

export interface SignInAttempt {
  email: string
  password: string
  client: Client
  requestId: string
  /** What a device kept that its user signed in on before, if it is one. */
  deviceToken: string | null
  /** The login that the request came with, if any: it ends when the new one begins. */
  viewer: LoginViewer | null
}

export type SignedIn = NewLogin & {
  user: PlainUser
  /** For the device to keep, so that it is known the next time. */
  deviceToken: string
}

interface SignInParts {
  clock: Clock
  devices: DeviceTokens
  hasher: PasswordHasher
  throttles: Throttles
  logins: LoginService
  users: UserRepository
}

/** Signing in by address and password. */
export class SignInService {
  readonly #parts: SignInParts

  constructor(parts: SignInParts) {
    this.#parts = parts
  }

  /** @throws {UserProblem} INVALID_CREDENTIALS or TOO_MANY_ATTEMPTS, which say nothing about who has a user here. */
  async signIn(em: EntityManager, attempt: SignInAttempt): Promise<SignedIn> {
    passwordLength.assertCheckable(attempt.password)
    // Counted before the check: of attempts side by side, each finds the others counted.
    const { devices, throttles } = this.#parts
    const device = devices.read(attempt.deviceToken)
    const admission = await throttles.admitSignIn(
      attempt.email,
      attempt.client.ipAddress,
      await this.#findOwn(em, device, attempt.email),
    )
    let signedIn: SignedIn | null
    try {
      const found = await this.#parts.users.findCredentials(em, attempt.email)
      const proof = await this.#prove(attempt.password, found)
      signedIn = proof && (await this.#begin(em, attempt, { ...proof, device }))
      if (!signedIn) await this.#recordFailure(em, attempt, found)
    } catch (error) {
      // Ours, and no guess of theirs: an outage must not use up the tries of people who know their password.
      await admission.notCarriedOut()
      throw error
    }
    if (!signedIn) throw invalidCredentials()
    await admission.succeeded()
    return signedIn
  }

  /** A device is its user's, whatever their address is by now. Strangers have none, and cause no query. */
  async #findOwn(em: EntityManager, device: KnownDevice | null, email: string): Promise<KnownDevice | null> {
    return device && (await this.#parts.users.hasAddress(em, device.userId, email)) ? device : null
  }

  #recordFailure(
    em: EntityManager,
    { client, requestId }: SignInAttempt,
    found: UserCredentials | null,
  ): Promise<void> {
    const userId = found?.user.id ?? null
    return recordFailedSignIn(em, { userId, client, requestId, now: this.#parts.clock.now() })
  }

  /** One hash at the current cost, whether there is such a user or not; a disabled one is like none. */
  async #prove(password: string, found: UserCredentials | null): Promise<Proof | null> {
    const storedHash = found && !found.isDisabled ? found.passwordHash : null
    const { matches, needsRehash } = await this.#parts.hasher.verify(password, storedHash)
    if (!found || !matches || storedHash === null) return null
    const newHash = needsRehash ? await this.#parts.hasher.hash(password) : null
    return { user: found.user, authEpoch: found.authEpoch, storedHash, newHash }
  }

  /** @returns null when the password or the user's state changed since they were read. */
  #begin(
    em: EntityManager,
    { client, viewer, requestId }: SignInAttempt,
    proof: Proof & { device: KnownDevice | null },
  ): Promise<SignedIn | null> {
    const { user, authEpoch, storedHash, newHash, device } = proof
    const isKnown = device?.userId === user.id && device.authEpoch === authEpoch
    return em.transactional(async (tx) => {
      const login = await this.#parts.logins.create(tx, { userId: user.id, authEpoch, client })
      if (!login) return null
      if (newHash) await this.#parts.users.replacePasswordHash(tx, user.id, storedHash, newHash)
      const occurredAt = this.#parts.clock.now()
      await recordSecurityEvent(tx, { kind: 'SIGNED_IN', userId: user.id, occurredAt, client })
      if (!isKnown) {
        const notice = { kind: 'NEW_DEVICE', userId: user.id, email: user.email } as const
        await enqueueNotice(tx, { ...notice, client, now: occurredAt, requestId })
      }
      if (viewer) await this.#parts.logins.end(tx, viewer, client)
      return { ...login, user, deviceToken: this.#parts.devices.make({ ...user, authEpoch }, device) }
    })
  }
}

/** A right password, and what was read together with it. */
interface Proof {
  user: PlainUser
  authEpoch: number
  storedHash: string
  /** To be stored instead, when the stored one is out of date. */
  newHash: string | null
}

function invalidCredentials(): UserProblem {
  return new UserProblem({
    code: 'INVALID_CREDENTIALS',
    message: 'This address and password do not match.',
  })
}
