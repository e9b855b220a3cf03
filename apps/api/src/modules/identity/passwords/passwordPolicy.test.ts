import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import type { UserProblem } from '../../../platform/graphql/userProblem.ts'
import { BloomFilter } from './bloomFilter.ts'
import filter from './commonPasswordFilter.json' with { type: 'json' }
import { commonPasswords } from './commonPasswords.ts'
import { makeCommonPasswordFilter } from './makeCommonPasswordFilter.ts'
import { passwordPolicy } from './passwordPolicy.ts'

const owner = { email: 'anna.svensson85@mailhost.example', name: 'Anna Svensson' }
const readList = (file: string) =>
  JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(`@zxcvbn-ts/language-common/src/${file}`), 'utf8'),
  ) as string[]
const words = readList('diceware.json').filter((word) => /^[a-z]{3,}$/.test(word))
const listed = readList('passwords.json')

function judge(password: string, who = owner): string {
  try {
    passwordPolicy.assertNew(password, who)
    return 'taken'
  } catch (error) {
    const { code, path, message } = (error as UserProblem).details[0]!
    expect(path).toEqual(['password'])
    return code === 'PASSWORD_COMPROMISED' ? (/common/.test(message) ? 'common' : 'known') : code
  }
}

/**
 * Attack: the passwords that most people choose are tried first, at many addresses, as slowly as every throttle asks for.
 * A minimum of fifteen characters keeps none of them out: people double them, or walk on over the keyboard.
 */
describe('P6: what attackers try first is refused', () => {
  test.each([
    ['a common password', 'polniypizdec0211'],
    ['a common phrase', 'correcthorsebatterystaple'],
    ['the same with blanks', 'Correct horse battery staple'],
    ['one character', 'aaaaaaaaaaaaaaa'],
    ['blanks', ' '.repeat(15)],
    ['a few characters, again and again', 'abcabcabcabcabc'],
    ['a repeat that is cut short', 'xk7xk7xk7xk7xk7x'],
    ['rows of the keyboard', 'qwertyuiopasdfgh'],
    ['columns of the keyboard', '1qaz2wsx3edc4rfv'],
    ['a walk in zigzag', 'q1w2e3r4t5y6u7i8'],
    ['a walk over a German keyboard', 'qwertzuiopasdfghjkl'],
    ['a walk over a French keyboard', 'azertyuiopqsdfghjklm'],
    ['a walk over a Russian keyboard', 'йцукенгшщзхъфыва'],
    ['a walk with the shift key', '!@#$%^&*()_+!@#'],
    ['digits in order', '123456789012345'],
    ['digits backwards', '987654321098765'],
    ['letters in order', 'abcdefghijklmno'],
    ['two of the hundred commonest', 'passwordpassword'],
    ['two different ones', 'iloveyou12345678'],
    ['more than two', 'dragonmonkeyshadowmaster'],
    ['with signs between', 'password-password'],
    ['with a year', 'passwordbaseball2024'],
    ['in capitals', 'PasswordPASSWORD'],
    ['with digits for letters', 'P4ssw0rdp@$$w0rd'],
    ['in full-width letters', 'ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ'],
    ['a common word and a walk', 'administrator12345'],
    ['a common word twice', 'basketballbasketball'],
    ['a walk and a word', '1234567890qwerty'],
  ])('%s: %s', (_what, password) => {
    expect(judge(password)).toBe('common')
  })

  test('every listed password of fifteen and more, and every join of two of the hundred commonest', () => {
    const long = listed.filter((entry) => [...entry].length >= 15)
    expect(long.length).toBeGreaterThan(30)
    const commonest = listed.filter(commonPasswords.isCommonest)
    expect(commonest).toHaveLength(100)
    const joins = commonest
      .flatMap((one) => commonest.map((other) => one + other))
      .filter((join) => join.length >= 15)
    expect(joins.length).toBeGreaterThan(300)
    expect([...long, ...joins].filter((password) => judge(password) !== 'common')).toEqual([])
  })
})

describe('P6: what is somebody’s own is taken', () => {
  test.each([
    'a quiet morning by the sea',
    'mother tongue parsnip 1962',
    'liverpool in the rain',
    'xkqzmwpvbtjrhng',
    '839205718463920',
    'tre små grisar på rad',
    'das pferd frisst keinen gurkensalat',
    '満員電車で本を読むのが好きです。毎日',
  ])('%s', (password) => {
    expect(judge(password)).toBe('taken')
  })

  test('P5: fifteen letters of one case that nobody else thought of', () => {
    const letters = fc.noBias(
      fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), {
        minLength: 15,
        maxLength: 15,
      }),
    )
    fc.assert(fc.property(letters, (text) => judge(text.join('')) === 'taken'))
  })

  test('words of a list for passphrases, with or without blanks', () => {
    const phrases = fc
      .tuple(
        fc.array(fc.constantFrom(...words), { minLength: 4, maxLength: 6 }),
        fc.constantFrom('', ' ', '-'),
      )
      .map(([chosen, separator]) => chosen.join(separator))
      .filter((phrase) => phrase.length >= 15)
    fc.assert(
      fc.property(phrases, (phrase) => judge(phrase) === 'taken'),
      { numRuns: 1_500, seed: 1 },
    )
  })
})

/**
 * Attack: somebody who knows whom they are after tries the address, the name, and the name of the place.
 */
describe('P7: what anybody would guess of this person is refused', () => {
  test.each([
    ['the address', 'anna.svensson85@mailhost.example'],
    ['its local part', 'anna.svensson85'],
    ['its local part and a digit', 'anna.svensson851!'],
    ['parts of it', 'svenssonsvenssonanna'],
    ['in another spelling', 'SvenssonAnna1985'],
    ['with digits for letters', 'Sv3nss0n-4nn4-85'],
    ['the product', 'sensory wellness'],
    ['all of its name', 'Wellness & Sensory Connection Assistant'],
    ['the product and a year', 'sensoryconnection2026'],
    ['the product and a common password', 'sensory-password'],
    ['the product and the person', 'wellness svensson'],
  ])('%s: %s', (_what, password) => {
    expect(judge(password)).toBe('known')
  })

  test('a passphrase that happens to hold such a word is taken', () => {
    const holding = fc
      .tuple(
        fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 5 }),
        fc.constantFrom('anna', 'svensson', 'wellness', 'connection', 'sensory'),
        fc.nat(5),
      )
      .map(([chosen, word, place]) => chosen.toSpliced(place, 0, word).join(' '))
      .filter((phrase) => phrase.length >= 20)
    fc.assert(
      fc.property(holding, (phrase) => judge(phrase) === 'taken'),
      { numRuns: 1_500, seed: 1 },
    )
  })

  test('another person’s address is taken, and so is a short part of one’s own', () => {
    expect(judge('anna.svensson85', { email: 'al@mailhost.example', name: 'Bo' })).toBe('taken')
    expect(judge('all the albatrosses', { email: 'al@mailhost.example', name: 'Al' })).toBe('taken')
  })
})

test('P1: length is judged first', () => {
  expect(judge('password')).toBe('PASSWORD_TOO_SHORT')
  expect(judge('password'.repeat(17))).toBe('PASSWORD_TOO_LONG')
  expect(judge('password'.repeat(16))).toBe('common')
})

/**
 * Attack: passwords that are dear to judge, one after the other, from whoever is signed in: nothing else is answered
 * meanwhile.
 */
test('P9: the dearest passwords are judged within a fraction of what a hash takes', () => {
  const dear = ['1q', '1234567890', 'a', 'password1', 'abcdefg1', '1q.', 'basketball1', '1é1!', '0o']
  const times = dear.flatMap((piece) => {
    const password = piece.repeat(121).slice(0, 121) + 'öäxwkü'
    judge(password)
    return Array.from({ length: 5 }, () => {
      // Of this thread: however busy the machine is.
      const before = process.threadCpuUsage()
      expect(judge(password)).toBe('taken')
      return process.threadCpuUsage(before).user / 1_000
    })
  })
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
  expect(median).toBeLessThan(40)
})

describe('P6: the filter', () => {
  test('is what its lists make, with the checksum and the rate of false positives that stand in it', () => {
    expect(makeCommonPasswordFilter()).toEqual(filter)
    expect(createHash('sha256').update(Buffer.from(filter.bits, 'base64')).digest('hex')).toBe(filter.sha256)
    const { expected, found, ofProbes } = filter.falsePositives
    expect(expected).toBeLessThan(1e-6)
    expect(found / ofProbes).toBeLessThan(3e-6)
  })

  test('finds all that is in it', () => {
    const data = BloomFilter.build(words, 10)
    const built = new BloomFilter(data)
    expect(words.filter((word) => !built.has(word))).toEqual([])
    expect(words.filter((word) => built.has(`${word}!`)).length / words.length).toBeLessThan(0.03)
  })
})
