import { hash, randomBytes } from 'node:crypto'

const BYTES = 32
const FORM = /^[A-Za-z0-9_-]{43}$/

/**
 * A secret that means nothing by itself: 256 random bits for its holder, and their SHA-256 for the table. A fast hash
 * is enough, since nobody guesses 256 bits.
 */
export const opaqueToken = {
  make(): { token: string; hash: Buffer } {
    const token = randomBytes(BYTES).toString('base64url')
    return { token, hash: hashOf(token) }
  },

  /** The hash to look a token up by; null for text that cannot be one, which costs no query. */
  hash(token: string): Buffer | null {
    return FORM.test(token) ? hashOf(token) : null
  },
}

function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
