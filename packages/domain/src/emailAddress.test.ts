import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emailAddress } from './emailAddress.ts'

test('spellings of one address become one: spaces around, case, and composed or decomposed letters', () => {
  expect(emailAddress.parse('  Ada.Lovelace@Example.COM\n')).toBe('ada.lovelace@example.com')
})

test('an address is normalised before it is checked, so that parsing twice changes nothing', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.constantFrom('', ' ', '\t'), (address, space) => {
      const result = emailAddress.safeParse(space + address.toUpperCase() + space)
      if (!result.success) return
      expect(emailAddress.parse(result.data)).toBe(result.data)
      expect(result.data).toBe(result.data.toLowerCase())
    }),
  )
})

test('what is no address is refused with a message that does not repeat it', () => {
  for (const text of [
    '',
    'ada',
    'ada@',
    '@nowhere.test',
    'ada@example',
    'a b@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    `${'a'.repeat(250)}@example.com`,
  ]) {
    const result = emailAddress.safeParse(text)
    expect(result.success, text).toBe(false)
    if (text !== '') expect(result.error?.issues[0]?.message).not.toContain(text)
  }
})
