import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { SecretKeys } from '../crypto/secretKeys.ts'
import { badUserInput } from './badUserInput.ts'

/** Where an edge stands: the values of the columns that the connection is ordered by, as the database wrote them. */
export type Position = readonly string[]

/** Eighteen bytes to the bit, so that no second spelling of a signature is taken. */
const SIGNATURE_LENGTH = 24
const FORM = /^(?<keyId>[\w-]{8})(?<payload>[\w-]{1,512})\.(?<signature>[\w-]{24})$/

/**
 * Cursors that only we can make: a position, signed. What comes back can go into a statement as it is, and one that was
 * tampered with is refused before any. It names a place in an order and gives no right to see what is there.
 */
export class CursorCodec {
  readonly #keys: SecretKeys
  readonly #purpose: string

  /** @param connection which connection the cursors are of: those of another are refused. */
  constructor(keys: SecretKeys, connection: string) {
    this.#keys = keys
    this.#purpose = `cursor of ${connection}`
  }

  encode(position: Position): string {
    const key = this.#keys.newest(this.#purpose)
    const payload = Buffer.from(JSON.stringify(position)).toString('base64url')
    return `${key.id}${payload}.${sign(payload, key.object)}`
  }

  /** @throws BAD_USER_INPUT for what this codec did not make, or made with a secret that is no longer known. */
  decode(cursor: string): Position {
    const { keyId = '', payload = '', signature = '' } = FORM.exec(cursor)?.groups ?? {}
    const key = this.#keys.find(this.#purpose, keyId)
    if (!key || !isSame(signature, sign(payload, key.object)))
      throw badUserInput('This cursor is not one of this connection. Take those that it gives, as they are.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Position
  }
}

function sign(payload: string, key: KeyObject): string {
  return createHmac('sha256', key).update(payload).digest('base64url').slice(0, SIGNATURE_LENGTH)
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
