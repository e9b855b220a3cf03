import { expect, test } from 'vitest'
import type { UserProblem } from '../../../platform/graphql/userProblem.ts'
import { passwordLength } from './passwordLength.ts'

function codeOf(assertion: (password: string) => void, password: string): string {
  try {
    assertion(password)
    return 'taken'
  } catch (error) {
    return (error as UserProblem).message
  }
}

/** Each a code point of its own, and two UTF-16 units. */
function emoji(count: number): string {
  return Array.from({ length: count }, (_, index) => String.fromCodePoint(0x1f300 + index)).join('')
}

test.each([
  ['P1: 14 characters', 'a'.repeat(14), 'PASSWORD_TOO_SHORT'],
  ['P1: 15 characters', 'a'.repeat(15), 'taken'],
  ['P1: 14 emoji, though they are 28 UTF-16 units', emoji(14), 'PASSWORD_TOO_SHORT'],
  ['P1: 15 letters typed as 30 code points, which are 15 once composed', 'e\u0301'.repeat(15), 'taken'],
  ['P1: 14 letters typed as 28 code points', 'e\u0301'.repeat(14), 'PASSWORD_TOO_SHORT'],
  ['P2: 64 different emoji', emoji(64), 'taken'],
  ['P2: 128 emoji', emoji(128), 'taken'],
  ['P2: 128 letters typed as 512 UTF-16 units', '\u03b1\u0313\u0300\u0345'.repeat(128), 'taken'],
  ['P2: 129 characters', 'a'.repeat(129), 'PASSWORD_TOO_LONG'],
  ['P2: blanks', ' '.repeat(15), 'taken'],
  ['P5: lower-case letters alone', 'abcdefghijklmno', 'taken'],
  ['P9: a megabyte', 'a'.repeat(1_000_000), 'PASSWORD_TOO_LONG'],
])('a new password: %s', (_what, password, answer) => {
  expect(codeOf(passwordLength.assertNew, password)).toBe(answer)
})

test('P9: a megabyte is not even normalised', () => {
  const password = Object.assign(Object('a'.repeat(1_000_000)) as string, {
    normalize: () => {
      throw new Error('normalised')
    },
  })
  expect(codeOf(passwordLength.assertCheckable, password)).toBe('PASSWORD_TOO_LONG')
})

test('a password to check may be shorter than a new one: the rule may have been another', () => {
  expect(codeOf(passwordLength.assertCheckable, 'short')).toBe('taken')
})
