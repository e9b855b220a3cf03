import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** By this, scanners of source code and logs know that what they found is a key of ours. */
const PREFIX = 'wsk_'
const BYTES = 32
/** So many digits of base 62 hold 256 bits, and so many a checksum of 32. */
const [RANDOM_LENGTH, CHECKSUM_LENGTH] = [43, 6]
const HINT_LENGTH = PREFIX.length + 6
const FORM = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`)
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export interface NewApiKeySecret {
  /** For its holder. */
  secret: string
  /** For the table. A fast hash is enough, since nobody guesses 256 bits. */
  hash: Buffer
  /** To know the secret by. */
  hint: string
}

/**
 * The secret of an API key: a prefix, 256 random bits, and a checksum, by which a mistyped one and a scanner's chance find
 * are told apart from a key without asking anybody. Only letters and digits follow, so that a double click selects it.
 */
export const apiKeySecret = {
  make(): NewApiKeySecret {
    const random = toBase62(BigInt(`0x${randomBytes(BYTES).toString('hex')}`))
    const secret = `${PREFIX}${random}${checksumOf(random)}`
    return { secret, hash: hashOf(secret), hint: secret.slice(0, HINT_LENGTH) }
  },

  /** Whether a header says that a key is meant, good or not. */
  isMeantBy(authorization: string | undefined): boolean {
    return authorization?.startsWith(PREFIX, 'Bearer '.length) === true
  },

  /** The hash to look a key up by; null for text that cannot be one, which costs no query. */
  hash(secret: string): Buffer | null {
    if (!FORM.test(secret)) return null
    const random = secret.slice(PREFIX.length, -CHECKSUM_LENGTH)
    return checksumOf(random) === secret.slice(-CHECKSUM_LENGTH) ? hashOf(secret) : null
  },
}

/** By plain numbers: this is looked at in every request with a key. */
function checksumOf(random: string): string {
  let [digits, rest] = ['', crc32(random)]
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = `${DIGITS.charAt(rest % 62)}${digits}`
    rest = Math.floor(rest / 62)
  }
  return digits
}

function toBase62(number: bigint): string {
  let [digits, rest] = ['', number]
  for (let i = 0; i < RANDOM_LENGTH; i += 1) {
    digits = `${DIGITS.charAt(Number(rest % 62n))}${digits}`
    rest /= 62n
  }
  return digits
}

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
