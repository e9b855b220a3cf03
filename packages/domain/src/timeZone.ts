import { z } from 'zod'

/** Names that were found good: asking the runtime costs as much as the rest of starting a session. */
const known = new Set<string>()
/** There are some six hundred; spellings in other cases are good too, and must not fill the memory. */
const KNOWN_MAX = 1_000

/**
 * An IANA time zone that both this runtime and PostgreSQL count the same days in. Offsets such as +02:00 are refused:
 * they know no summer. So are names of three letters, which mean one thing to the runtime and a fixed offset to
 * PostgreSQL (PST, CET), and the runtime's own SystemV names.
 */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    if (known.has(name)) return true
    if (
      !/^(?:UTC|GMT|(?!SystemV\/)[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)+|[A-Za-z][A-Za-z0-9_+-]{3,})$/.test(
        name,
      )
    )
      return false
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      if (known.size < KNOWN_MAX) known.add(name)
      return true
    } catch {
      return false
    }
  }, 'Give an IANA time zone such as Europe/Stockholm.')
