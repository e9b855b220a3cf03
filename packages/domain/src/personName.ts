import { z } from 'zod'
import { NAME_MAX_LENGTH } from './limits.ts'

/** A name as its person writes it: any script, any length up to the column's; only control characters are refused. */
export const personName = z
  .string()
  .transform((text) => text.trim().normalize('NFC'))
  .pipe(
    z
      .string()
      .refine(
        (name) => [...name].length <= NAME_MAX_LENGTH,
        `A name has at most ${NAME_MAX_LENGTH} characters.`,
      )
      .refine((name) => !/\p{Cc}/u.test(name), 'A name has no line breaks or control characters.')
      // No encoding has a place for it: what was stored would be another name than the one that was accepted.
      .refine((name) => name.isWellFormed(), 'A name has no half of a character.'),
  )
