import { z } from 'zod'
import { EMAIL_MAX_LENGTH } from './limits.ts'

/**
 * An address as it is stored and compared: trimmed, NFC, lower-cased, and only then validated, so that two spellings
 * of one address can never become two users or two throttle counters.
 */
export const emailAddress = z
  .string()
  .transform((text) => text.trim().normalize('NFC').toLowerCase())
  .pipe(
    z
      .string()
      .min(1, 'Enter your e-mail address.')
      .max(EMAIL_MAX_LENGTH, `An e-mail address has at most ${EMAIL_MAX_LENGTH} characters.`)
      .pipe(z.email('Enter an e-mail address like name@example.com.')),
  )
