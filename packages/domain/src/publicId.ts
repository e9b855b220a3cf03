import { fromString, fromUUID, toUUID } from 'typeid-js'

/** The prefixes of ids, each of which names a kind of thing. */
const PREFIXES = ['user', 'session', 'login', 'event', 'key'] as const

/** The kinds of thing that have an id outside, and the prefix that names the kind. */
export type PublicIdPrefix = (typeof PREFIXES)[number]

/** Ids as clients see them: the UUID of the row in TypeID form, e.g. `session_01k…`. */
export const publicId = {
  from(prefix: PublicIdPrefix, uuid: string): string {
    return fromUUID(uuid, prefix)
  },

  /** The UUID, or null for anything that is not an id of this kind: a malformed id is like an unknown one. */
  parse(prefix: PublicIdPrefix, id: string): string | null {
    if (id.length !== prefix.length + 27) return null
    try {
      return toUUID(fromString(id, prefix))
    } catch {
      return null
    }
  },

  /** The kind that an id claims to be of; null when there is no such kind. */
  prefixOf(id: string): PublicIdPrefix | null {
    const prefix = id.slice(0, id.lastIndexOf('_'))
    return PREFIXES.find((known) => known === prefix) ?? null
  },
}
