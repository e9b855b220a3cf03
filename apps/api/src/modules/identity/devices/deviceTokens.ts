import { DAY } from '@wellness/domain/time'
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { SecretKey, SecretKeys } from '../../../platform/crypto/secretKeys.ts'

/** As long as browsers keep a cookie, or nearly. */
const LIFETIME_MS = 365 * DAY
const PURPOSE = 'device-token'
/** Id of the device, id of its user, their epoch, when it was made, id of the key; and the signature. */
const FORM =
  /^(?<payload>(?<id>[0-9a-f-]{36})[.](?<userId>[0-9a-f-]{36})[.](?<authEpoch>\d{1,9})[.](?<madeAt>\d{1,15})[.](?<keyId>[\w-]{8}))[.](?<signature>[\w-]{43})$/

/** A device on which somebody signed in before, as the token that it kept tells. */
export interface KnownDevice {
  /** Random: what is tried from this device is counted by it. */
  id: string
  userId: string
  /** The user's epoch at that time: of another one, the device may be whose logins were ended. */
  authEpoch: number
}

export interface DeviceUser {
  id: string
  authEpoch: number
}

/**
 * Signed tokens that a device keeps after a sign-in. They sign nobody in: whoever has one is counted apart from
 * strangers, and is not taken for a new device. Nothing of them is stored here.
 */
export class DeviceTokens {
  readonly #keys: SecretKeys
  readonly #clock: Clock

  constructor({ keys, clock }: { keys: SecretKeys; clock: Clock }) {
    this.#keys = keys
    this.#clock = clock
  }

  /** @param device what the device came with: if it is the same user's, it stays the same device. */
  make({ id: userId, authEpoch }: DeviceUser, device: KnownDevice | null = null): string {
    const key = this.#keys.newest(PURPOSE)
    const id = device?.userId === userId ? device.id : randomUUID()
    const madeAt = this.#clock.now().getTime()
    const payload = [id, userId, authEpoch, madeAt, key.id].join('.')
    return `${payload}.${hmac(key, `token:${payload}`)}`
  }

  /** Null for what we did not sign, or too long ago. */
  read(token: string | null | undefined): KnownDevice | null {
    const parts = token ? FORM.exec(token)?.groups : undefined
    if (!parts) return null
    const { payload = '', id = '', userId = '', keyId = '', signature = '' } = parts
    const key = this.#keys.find(PURPOSE, keyId)
    if (!key || !isSame(signature, hmac(key, `token:${payload}`))) return null
    if (this.#clock.now().getTime() - Number(parts['madeAt']) >= LIFETIME_MS) return null
    return { id, userId, authEpoch: Number(parts['authEpoch']) }
  }
}

function hmac(key: SecretKey, text: string): string {
  return createHmac('sha256', key.object).update(text).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
