import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@wellness/domain/limits'
import { type UserErrorDetail, UserProblem } from '../../../platform/graphql/userProblem.ts'

/**
 * A code point decomposes into four at most, each of two UTF-16 units at most: what is longer is too long in every
 * form. Asked first, so that a megabyte is not even normalised.
 */
const MAX_UNITS = PASSWORD_MAX_LENGTH * 8

/** The rules of length, counted in code points of the normalised text; nothing is ever cut off. */
export const passwordLength = {
  /** @throws {UserProblem} PASSWORD_TOO_SHORT or PASSWORD_TOO_LONG. */
  assertNew(password: string, field = 'password'): void {
    passwordLength.assertCheckable(password, field)
    if (count(password) < PASSWORD_MIN_LENGTH) {
      throw problem(field, 'PASSWORD_TOO_SHORT', `Use at least ${PASSWORD_MIN_LENGTH} characters.`)
    }
  },

  /** @throws {UserProblem} PASSWORD_TOO_LONG for what nobody can have chosen, before any work is done for it. */
  assertCheckable(password: string, field = 'password'): void {
    if (password.length > MAX_UNITS || count(password) > PASSWORD_MAX_LENGTH) {
      throw problem(field, 'PASSWORD_TOO_LONG', `Use at most ${PASSWORD_MAX_LENGTH} characters.`)
    }
  },
}

function count(password: string): number {
  return [...password.normalize('NFC')].length
}

function problem(field: string, code: UserErrorDetail['code'], message: string): UserProblem {
  return new UserProblem({ code, message, path: [field] })
}
