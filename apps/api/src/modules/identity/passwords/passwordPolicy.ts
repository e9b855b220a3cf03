import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import { countOwnCharacters } from './countOwnCharacters.ts'
import { passwordLength } from './passwordLength.ts'

/** What whoever knows the person tries first. */
export interface PasswordOwner {
  email: string
  name?: string | null
}

/** A password has to have more characters than these that are neither common nor known. */
const OWN_MAX_REFUSED = 4
const JOINED_MIN_LENGTH = 8
/** What is shorter is part of too many words. */
const KNOWN_WORD_MIN_LETTERS = 4
const PRODUCT_WORDS = ['wellness', 'sensory', 'connection', 'assistant']

/** What a new password must be, wherever one is chosen: its length, and that attackers would not try it. */
export const passwordPolicy = {
  /**
   * @param field the input field that holds it.
   * @throws {UserProblem} PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG or PASSWORD_COMPROMISED.
   */
  assertNew(password: string, owner: PasswordOwner, field = 'password'): void {
    passwordLength.assertNew(password, field)
    if (isMadeOf([], password)) {
      throw compromised(
        field,
        'This is made of common passwords, neighbouring keys or repeats, which attackers try first. Choose something of your own, such as four words that have nothing to do with each other.',
      )
    }
    if (isMadeOf(knownWords(owner), password)) {
      throw compromised(
        field,
        'This is little more than your address, your name or our name, which others would guess. Choose something that has nothing to do with them.',
      )
    }
  },
}

/** Also as it reads without what only stands between words, unless that is most of it. */
function isMadeOf(knownWords: string[], password: string): boolean {
  const joined = password.replaceAll(/[\s._,&-]+/gu, '')
  const forms = [...joined].length < JOINED_MIN_LENGTH ? [password] : [password, joined]
  return forms.some((form) => countOwnCharacters(form, knownWords, OWN_MAX_REFUSED) <= OWN_MAX_REFUSED)
}

function knownWords({ email, name }: PasswordOwner): string[] {
  const [localPart = '', domain = ''] = email.split('@')
  const parts = [email, domain, localPart, name ?? ''].flatMap((text) => [
    text,
    ...text.split(/[^\p{L}\p{M}]+/u),
  ])
  return [...PRODUCT_WORDS, ...parts].filter((word) => [...word].length >= KNOWN_WORD_MIN_LETTERS)
}

function compromised(field: string, message: string): UserProblem {
  return new UserProblem({ code: 'PASSWORD_COMPROMISED', message, path: [field] })
}
