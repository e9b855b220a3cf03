import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@wellness/domain/limits'
import { z } from 'zod'

/** Counted as the API counts: code points of the normalised text. */
const lengthOf = (text: string) => [...text.normalize('NFC')].length

/** A password that is being chosen. Whether it is a common one, the API says. */
export const newPassword = z
  .string()
  .refine(
    (text) => lengthOf(text) >= PASSWORD_MIN_LENGTH,
    `Choose a password of at least ${PASSWORD_MIN_LENGTH} characters.`,
  )
  .refine(
    (text) => lengthOf(text) <= PASSWORD_MAX_LENGTH,
    `Choose a password of at most ${PASSWORD_MAX_LENGTH} characters.`,
  )
