import { createHmac, randomBytes } from 'node:crypto'
import type { SecretKeys } from '../../../platform/crypto/secretKeys.ts'
import type { BcryptPool } from './bcryptPool.ts'
import { storedPassword } from './storedPassword.ts'

const PEPPER_PURPOSE = 'password-pepper'

export interface PasswordCheck {
  matches: boolean
  /** The hash was made with another cost, an older secret or another scheme: make a new one while the password is known. */
  needsRehash: boolean
}

/**
 * bcrypt over base64(HMAC-SHA-384(NFC(password))), keyed with a pepper derived from AUTH_SECRET. bcrypt alone would cut
 * a password at 72 bytes; 48 bytes of HMAC make 64 characters, whatever came in. Whoever has the table alone cannot try
 * passwords without the pepper.
 */
export class PasswordHasher {
  readonly #keys: SecretKeys
  readonly #pool: BcryptPool
  readonly #cost: number
  /** A hash at the current cost that no password has. */
  readonly #dummy: string

  constructor({ keys, pool, cost }: { keys: SecretKeys; pool: BcryptPool; cost: number }) {
    this.#keys = keys
    this.#pool = pool
    this.#cost = cost
    this.#dummy = `$2b$${String(cost).padStart(2, '0')}$${randomBytes(64).toString('base64').replaceAll(/[+=]/g, '.').slice(0, 53)}`
  }

  /** What to store for a password. */
  async hash(password: string): Promise<string> {
    const key = this.#keys.newest(PEPPER_PURPOSE)
    const { hash } = await this.#pool.run({
      kind: 'hash',
      text: pepper(password, key.bytes),
      cost: this.#cost,
    })
    return storedPassword.format(key.id, hash)
  }

  /**
   * Whether the password is the stored one. The work is the same when nothing is stored, or nothing that can be read:
   * the time must not tell which addresses have a user.
   */
  async verify(password: string, stored: string | null): Promise<PasswordCheck> {
    const newest = this.#keys.newest(PEPPER_PURPOSE)
    const parsed = stored === null ? null : storedPassword.parse(stored)
    const key = parsed && this.#keys.find(PEPPER_PURPOSE, parsed.keyId)
    const { matches } = await this.#pool.run({
      kind: 'compare',
      text: pepper(password, (key ?? newest).bytes),
      bcryptHash: parsed && key ? parsed.bcryptHash : this.#dummy,
      cost: this.#cost,
    })
    if (!parsed || !key) return { matches: false, needsRehash: false }
    return { matches, needsRehash: matches && (parsed.cost !== this.#cost || key.id !== newest.id) }
  }
}

function pepper(password: string, key: Buffer): string {
  return createHmac('sha384', key).update(password.normalize('NFC')).digest('base64')
}
