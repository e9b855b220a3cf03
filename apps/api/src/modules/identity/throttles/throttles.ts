import type { SecretKeys } from '../../../platform/crypto/secretKeys.ts'
import type { RedisClient } from '../../../platform/redis/connectRedis.ts'
import type { KnownDevice } from '../devices/deviceTokens.ts'
import { GrowingDelay } from './growingDelay.ts'
import { Quota } from './quota.ts'
import { ThrottleKeys } from './throttleKeys.ts'
import { throttleLimits } from './throttleLimits.ts'

/** A check that may be carried out. Its count stands unless one of these says otherwise. */
export interface Admission {
  /** The check was right. */
  succeeded(): Promise<void>
  /** No check took place. */
  notCarriedOut(): Promise<void>
}

/** Who may try what, and how often. What is refused throws TOO_MANY_ATTEMPTS. */
export class Throttles {
  readonly #keys: ThrottleKeys
  readonly #signInsPerAddress: GrowingDelay
  readonly #signInsPerClient: Quota
  readonly #signInsPerDevice: GrowingDelay
  readonly #proofsPerUser: GrowingDelay
  readonly #signUpsPerClient: Quota
  readonly #resetsPerClient: Quota
  readonly #emailChangesPerUser: Quota
  readonly #mailsPerAddress: Quota
  readonly #exportsPerUser: Quota
  readonly #apiKeysPerUser: Quota

  constructor({ redis, keys }: { redis: RedisClient; keys: SecretKeys }) {
    this.#keys = new ThrottleKeys(keys)
    this.#signInsPerAddress = new GrowingDelay({
      redis,
      name: 'sign-ins-per-address',
      ...throttleLimits.signInsPerAddress,
    })
    this.#signInsPerDevice = new GrowingDelay({
      redis,
      name: 'sign-ins-per-device',
      ...throttleLimits.signInsPerDevice,
    })
    this.#proofsPerUser = new GrowingDelay({
      redis,
      name: 'proofs-per-user',
      ...throttleLimits.proofsPerUser,
    })
    const quota = (name: string, limit: { points: number; windowSeconds: number }) =>
      new Quota({ redis, name, ...limit })
    this.#signInsPerClient = quota('sign-ins-per-client', throttleLimits.signInsPerClient)
    this.#signUpsPerClient = quota('sign-ups-per-client', throttleLimits.signUpsPerClient)
    this.#resetsPerClient = quota('resets-per-client', throttleLimits.resetsPerClient)
    this.#emailChangesPerUser = quota('email-changes-per-user', throttleLimits.emailChangesPerUser)
    this.#mailsPerAddress = quota('mails-per-address', throttleLimits.mailsPerAddress)
    this.#exportsPerUser = quota('exports-per-user', throttleLimits.exportsPerUser)
    this.#apiKeysPerUser = quota('api-keys-per-user', throttleLimits.apiKeysPerUser)
  }

  /**
   * Counts a sign-in before it is checked, for the account (whether or not there is one) and for the client; from a
   * device on which the account's owner signed in before, for this device alone, whatever strangers have used up.
   *
   * @param device only if it is of the user whose address this is.
   */
  async admitSignIn(email: string, ipAddress: string, device: KnownDevice | null = null): Promise<Admission> {
    if (device) return this.#admitDevice(device)
    return this.#admitCheck(this.#signInsPerAddress, this.#keys.address(email), ipAddress)
  }

  /**
   * Counts a check of the password of who is signed in. Apart from sign-ins, which any stranger may use up; for the
   * client they are the same, so that a stolen login brings nobody further guesses.
   */
  async admitProof(userId: string, ipAddress: string): Promise<Admission> {
    return this.#admitCheck(this.#proofsPerUser, this.#keys.user(userId), ipAddress)
  }

  /** Counts the second step of a sign-in for the client, like a first one; whose it is shows when the ticket is known. */
  async admitTicket(ipAddress: string): Promise<void> {
    await this.#signInsPerClient.take(this.#keys.client(ipAddress))
  }

  /** Counts a copy of everything about a person: it is read anew each time, however much it is. */
  async admitExport(userId: string): Promise<void> {
    await this.#exportsPerUser.take(this.#keys.user(userId))
  }

  /** Counts a key that is to be made. */
  async admitApiKey(userId: string): Promise<Pick<Admission, 'notCarriedOut'>> {
    const key = this.#keys.user(userId)
    await this.#apiKeysPerUser.take(key)
    return { notCarriedOut: () => this.#apiKeysPerUser.giveBack(key) }
  }

  /** Counts a wish for a sign-up mail, for the client alone. */
  async admitSignUp(ipAddress: string): Promise<void> {
    await this.#signUpsPerClient.take(this.#keys.client(ipAddress))
  }

  /** Counts a wish for a reset mail, for the client alone. */
  async admitPasswordReset(ipAddress: string): Promise<void> {
    await this.#resetsPerClient.take(this.#keys.client(ipAddress))
  }

  /** Counts a wish for another address, for the user alone: each sends two mails. */
  async admitEmailChange(userId: string): Promise<void> {
    await this.#emailChangesPerUser.take(this.#keys.user(userId))
  }

  /**
   * Counts a mail of one kind to an address; who is refused drops the mail without a word. Each kind by itself: whoever
   * asks for one kind in another's name cannot keep the others away.
   */
  async admitMail(kind: string, email: string): Promise<Pick<Admission, 'notCarriedOut'>> {
    const key = this.#keys.mail(kind, email)
    await this.#mailsPerAddress.take(key)
    return { notCarriedOut: () => this.#mailsPerAddress.giveBack(key) }
  }

  /** After the password was reset: whoever failed before does not hold up its owner, who chose the new one. */
  async forgetFailures({ id, email }: { id: string; email: string }): Promise<void> {
    await Promise.all([
      this.#signInsPerAddress.forget(this.#keys.address(email)),
      this.#proofsPerUser.forget(this.#keys.user(id)),
    ])
  }

  /** Forgets all that was counted for a person who is gone, and for their address. */
  async forgetPerson(
    { id, email }: { id: string; email: string },
    mailKinds: readonly string[],
  ): Promise<void> {
    await Promise.all([
      this.forgetFailures({ id, email }),
      this.#exportsPerUser.forget(this.#keys.user(id)),
      this.#apiKeysPerUser.forget(this.#keys.user(id)),
      this.#emailChangesPerUser.forget(this.#keys.user(id)),
      ...mailKinds.map((kind) => this.#mailsPerAddress.forget(this.#keys.mail(kind, email))),
    ])
  }

  async #admitDevice({ id }: KnownDevice): Promise<Admission> {
    const key = this.#keys.device(id)
    await this.#signInsPerDevice.take(key)
    return {
      succeeded: () => this.#signInsPerDevice.forget(key),
      notCarriedOut: () => this.#signInsPerDevice.giveBack(key),
    }
  }

  async #admitCheck(delay: GrowingDelay, key: string, ipAddress: string): Promise<Admission> {
    const client = this.#keys.client(ipAddress)
    await this.#signInsPerClient.take(client)
    try {
      await delay.take(key)
    } catch (refusal) {
      await this.#signInsPerClient.giveBack(client)
      throw refusal
    }
    return {
      // The client gets back this one try only: else whoever has an account could clear the count between guesses.
      succeeded: async () => {
        await Promise.all([this.#signInsPerClient.giveBack(client), delay.forget(key)])
      },
      notCarriedOut: async () => {
        await Promise.all([this.#signInsPerClient.giveBack(client), delay.giveBack(key)])
      },
    }
  }
}
