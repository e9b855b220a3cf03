import { z } from 'zod'
import { API_KEY_NAME_MAX_LENGTH } from './limits.ts'

/** What a person calls an API key, to know it again in a list and in mails. */
export const apiKeyName = z
  .string()
  .transform((text) => text.trim().normalize('NFC'))
  .pipe(
    z
      .string()
      .min(1, 'Give the key a name, to know it again by.')
      .refine(
        (name) => [...name].length <= API_KEY_NAME_MAX_LENGTH,
        `A name has at most ${API_KEY_NAME_MAX_LENGTH} characters.`,
      )
      .refine(
        (name) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name),
        'A name has no line breaks or control characters.',
      )
      .refine((name) => name.isWellFormed(), 'A name has no half of a character.'),
  )
