import { expect, test } from 'vitest'
import { SecretKeys } from '../crypto/secretKeys.ts'
import { CursorCodec } from './cursorCodec.ts'

const [older, newer] = ['a'.repeat(32), 'b'.repeat(32)]
const codec = new CursorCodec(new SecretKeys([older]), 'sessions')
const position = ['2026-03-01 09:00:00.123456+00', '0195…']

test('a cursor leads back to its position, and its text fits into an address', () => {
  const cursor = codec.encode(position)
  expect(codec.decode(cursor)).toEqual(position)
  expect(encodeURIComponent(cursor)).toBe(cursor)
})

test('cursors stay good while the secret is changed, and end with it', () => {
  const cursor = codec.encode(position)
  expect(new CursorCodec(new SecretKeys([newer, older]), 'sessions').decode(cursor)).toEqual(position)
  expect(() => new CursorCodec(new SecretKeys([newer]), 'sessions').decode(cursor)).toThrow('cursor')
})

/**
 * Attack: a cursor goes into a statement. Whoever could write one could ask for any position, and try what the types of
 * the columns make of it. So every change of a single character, and every cursor of another list, must be refused.
 */
test('a cursor that was tampered with, or is of another connection, is refused', () => {
  const cursor = codec.encode(position)
  for (let index = 0; index < cursor.length; index++) {
    for (const character of ['A', 'B', '-', '.', '=', ' ']) {
      if (cursor[index] === character) continue
      const tampered = cursor.slice(0, index) + character + cursor.slice(index + 1)
      expect(() => codec.decode(tampered), tampered).toThrow('not one of this connection')
    }
  }
  for (const text of ['', '.', cursor + 'A', cursor.slice(0, -1), 'x'.repeat(10_000), "' or 1=1 --"])
    expect(() => codec.decode(text)).toThrow('not one of this connection')
  expect(() => new CursorCodec(new SecretKeys([older]), 'others').decode(cursor)).toThrow()
})
