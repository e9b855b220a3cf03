import fc from 'fast-check'
import { marks } from './marks.ts'

const NOTABLE = [
  '',
  ' ',
  '\0',
  'a\0b',
  `${marks.text}\0`,
  '\ud800',
  'a\udc00b',
  `${marks.text}\ud83d`,
  '\ufeff',
  '\u202etxt.exe',
  'e\u0301',
  '\u1e9b\u0323',
  'ﷺ'.repeat(20),
  '👩‍👩‍👧‍👦',
  'İ',
  '\r\nset-cookie: a=b',
  '\u2028\u2029',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  "' or 1=1 --",
  "'; drop table users; --",
  '$1',
  '?',
  '\\x00',
  '%00',
  '%E0%A4%A',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><script>',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  '*\r\nFLUSHALL\r\n',
  '-1',
  '1e309',
  '9'.repeat(400),
]

/** Repetitions on which a pattern that backtracks would stand still. */
const repeated = fc
  .tuple(
    fc.constantFrom(
      'a',
      'a',
      'a',
      '0',
      ' ',
      '/',
      '@',
      '.',
      'a.',
      '-',
      '_',
      '\t',
      'é',
      '\u0300',
      '😀',
      'a@',
      '"',
      '\\',
    ),
    fc.constantFrom(3, 70, 260, 600, 5_000, 30_000),
    fc.constantFrom('', '!', '\0', '@', ' '),
  )
  .map(([unit, times, end]) => unit.repeat(times) + end)

/** Text of any kind, most of it such as breaks what takes text for granted. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NOTABLE) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: loneSurrogates() },
  { weight: 2, arbitrary: fc.string({ maxLength: 30 }).map((text) => `${marks.text}${text}`) },
  { weight: 3, arbitrary: repeated },
)

function loneSurrogates(): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0xd700, max: 0xe0ff }), { minLength: 1, maxLength: 6 })
    .map((units) => String.fromCharCode(...units))
}
