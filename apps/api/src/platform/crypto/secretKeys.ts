import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** A key for one purpose, and the id to store beside what it made, so that it is found again after a change of secret. */
export interface SecretKey {
  id: string
  bytes: Buffer
  /** The same for signing: made once, which halves what a signature costs. */
  object: KeyObject
}

/**
 * Derives a key for each purpose from each secret by HKDF: no key is used for two purposes, and none tells the secret.
 * The newest secret comes first and makes everything new; the others only read what they made.
 */
export class SecretKeys {
  readonly #secrets: readonly string[]
  readonly #keys = new Map<string, SecretKey[]>()

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  /** The key that makes new things. */
  newest(purpose: string): SecretKey {
    const [newest] = this.#all(purpose)
    if (!newest) throw new Error('At least one secret is needed.')
    return newest
  }

  /** The key with this id; null once its secret was taken out of the list. */
  find(purpose: string, id: string): SecretKey | null {
    return this.#all(purpose).find((key) => key.id === id) ?? null
  }

  #all(purpose: string): SecretKey[] {
    let keys = this.#keys.get(purpose)
    if (!keys) {
      keys = this.#secrets.map((secret) => {
        const bytes = Buffer.from(hkdfSync('sha256', secret, 'wellness', purpose, 32))
        // Hashed once more: an id is stored in the open and must say nothing of the key.
        return {
          id: createHash('sha256').update(bytes).digest('base64url').slice(0, 8),
          bytes,
          object: createSecretKey(bytes),
        }
      })
      this.#keys.set(purpose, keys)
    }
    return keys
  }
}
