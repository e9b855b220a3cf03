import { expect, test } from 'vitest'
import { NAME_MAX_LENGTH } from './limits.ts'
import { personName } from './personName.ts'

test('names of any script and length up to the limit are kept, counted in code points', () => {
  for (const name of ['Åsa Öström', '山田太郎', 'ʻAuliʻi', '👩🏽‍🚀', '🌿'.repeat(NAME_MAX_LENGTH)])
    expect(personName.parse(name)).toBe(name)
  expect(personName.safeParse('🌿'.repeat(NAME_MAX_LENGTH + 1)).success).toBe(false)
})

test('line breaks and control characters are refused: a name stands in mail headers and on terminals', () => {
  for (const name of ['Eve\r\nBcc: x@example.com', 'a\u0000b', 'a\u001b[31m'])
    expect(personName.safeParse(name).success).toBe(false)
})

test('spaces around a name go, and different compositions of a letter become one', () => {
  expect(personName.parse('  A\u030asa ')).toBe('Åsa')
})

test('half a character is refused: no encoding can keep it, and another name would be stored than the one accepted', () => {
  for (const name of ['\ud83d', 'a\udc00b', '\udf53\ud75d\udbaa'])
    expect(personName.safeParse(name).success).toBe(false)
})
