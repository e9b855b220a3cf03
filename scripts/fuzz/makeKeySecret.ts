import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { marks } from './marks.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const [RANDOM_LENGTH, CHECKSUM_LENGTH] = [43, 6]

/** The secret of an API key as the documentation describes it, with the mark of tokens in it. */
export function makeKeySecret(): string {
  const bytes = randomBytes(RANDOM_LENGTH - marks.token.length)
  const random = marks.token + Array.from(bytes, (byte) => DIGITS[byte % DIGITS.length]).join('')
  let checksum = ''
  for (let rest = crc32(random), i = 0; i < CHECKSUM_LENGTH; i += 1, rest = Math.floor(rest / DIGITS.length))
    checksum = `${DIGITS[rest % DIGITS.length]}${checksum}`
  return `wsk_${random}${checksum}`
}
