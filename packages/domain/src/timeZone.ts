import { z } from 'zod'

/**
 * An IANA time zone that both this runtime and PostgreSQL count the same days in. Offsets such as +02:00 are refused:
 * they know no summer. So are names of three letters, which mean one thing to the runtime and a fixed offset to
 * PostgreSQL (PST, CET), and the runtime's own SystemV names.
 */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    if (
      !/^(?:UTC|GMT|(?!SystemV\/)[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)+|[A-Za-z][A-Za-z0-9_+-]{3,})$/.test(
        name,
      )
    )
      return false
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      return true
    } catch {
      return false
    }
  }, 'Give an IANA time zone such as Europe/Stockholm.')
