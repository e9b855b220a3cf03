import { z } from 'zod'

/** An IANA time zone that this runtime can count days in. Offsets such as +02:00 are refused: they know no summer. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    if (!/^[A-Za-z]/.test(name)) return false
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      return true
    } catch {
      return false
    }
  }, 'Give an IANA time zone such as Europe/Stockholm.')
