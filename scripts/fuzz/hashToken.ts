import { createHash } from 'node:crypto'

/** A token as it is stored, in hexadecimal digits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
