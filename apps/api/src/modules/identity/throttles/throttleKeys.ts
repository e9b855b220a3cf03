import { createHmac } from 'node:crypto'
import type { SecretKeys } from '../../../platform/crypto/secretKeys.ts'
import { clientNetwork } from '../../../platform/http/clientNetwork.ts'

/** Every key of a throttle begins so. */
export const THROTTLE_PREFIX = 'throttle'

/**
 * Names the counters. Addresses are keyed by their HMAC: known and unknown ones are counted alike, and Redis holds
 * nobody's address.
 */
export class ThrottleKeys {
  readonly #key: Buffer

  constructor(keys: SecretKeys) {
    this.#key = keys.newest('throttle').bytes
  }

  /** @param email normalised, so that no other spelling has another counter. */
  address(email: string): string {
    return this.#hmac(`address:${email}`)
  }

  /** @param kind what the mail is about. */
  mail(kind: string, email: string): string {
    return this.#hmac(`mail:${kind}:${email}`)
  }

  user(userId: string): string {
    return this.#hmac(`user:${userId}`)
  }

  device(id: string): string {
    return this.#hmac(`device:${id}`)
  }

  client(ipAddress: string): string {
    return this.#hmac(`client:${clientNetwork(ipAddress)}`)
  }

  #hmac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url')
  }
}
