/** The prefixes of ids, each of which names a kind of thing. */
const PREFIXES = ['user', 'session', 'login', 'event', 'key'] as const

/** The kinds of thing that have an id outside, and the prefix that names the kind. */
export type PublicIdPrefix = (typeof PREFIXES)[number]

/** Ids as clients see them: the UUID of the row in TypeID form, e.g. `session_01k…`. */
export const publicId = {
  from(prefix: PublicIdPrefix, uuid: string): string {
    return `${prefix}_${encode(uuid)}`
  },

  /** The UUID, or null for anything that is not an id of this kind: a malformed id is like an unknown one. */
  parse(prefix: PublicIdPrefix, id: string): string | null {
    const start = prefix.length + 1
    if (id.length !== start + LETTERS || !id.startsWith(`${prefix}_`)) return null
    return decode(id, start)
  },

  /** The kind that an id claims to be of; null when there is no such kind. */
  prefixOf(id: string): PublicIdPrefix | null {
    const prefix = id.slice(0, id.lastIndexOf('_'))
    return PREFIXES.find((known) => known === prefix) ?? null
  },
}

/** Crockford's, in small letters. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** Of 26 letters with 5 bits each, the first two bits of 130 are zeros. */
const LETTERS = 26
const ZERO = '0'.charCodeAt(0)
const NINE = '9'.charCodeAt(0)
const TEN_BEFORE_A = 'a'.charCodeAt(0) - 10
const letters = Array<number>(LETTERS).fill(0)
/** A UUID's characters, of which the dashes stay. */
const digits = Array.from('00000000-0000-0000-0000-000000000000', (sign) => sign.charCodeAt(0))
const DIGIT_PLACES = digits.flatMap((code, place) => (code === ZERO ? [place] : []))

/**
 * A UUID as PostgreSQL writes it in TypeID's form. By hand, as the way back is: a page has twenty ids and a beat one each way,
 * and typeid-js, against which a test holds this, takes three times as long.
 */
function encode(uuid: string): string {
  let bits = 0
  let count = 2
  let place = 0
  for (let index = 0; index < uuid.length; index += 1) {
    const code = uuid.charCodeAt(index)
    if (code < ZERO) continue
    bits = (bits << 4) | (code - (code <= NINE ? ZERO : TEN_BEFORE_A))
    count += 4
    if (count < 5) continue
    count -= 5
    letters[place] = ALPHABET.charCodeAt((bits >> count) & 31)
    place += 1
  }
  // All at once: a text that grows by letters is a chain of pieces until somebody reads it.
  return String.fromCharCode.apply(null, letters)
}

/** Null for letters that are none of TypeID's, or stand for more than 128 bits. */
function decode(id: string, start: number): string | null {
  let bits = 0
  let count = -2
  let digit = 0
  for (let index = start; index < id.length; index += 1) {
    const value = ALPHABET.indexOf(id.charAt(index))
    if (value < 0 || (index === start && value > 7)) return null
    bits = (bits << 5) | value
    count += 5
    while (count >= 4) {
      count -= 4
      const nibble = (bits >> count) & 15
      digits[DIGIT_PLACES[digit] as number] = nibble + (nibble < 10 ? ZERO : TEN_BEFORE_A)
      digit += 1
    }
  }
  return String.fromCharCode.apply(null, digits)
}
