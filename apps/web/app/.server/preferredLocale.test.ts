import { expect, test } from 'vitest'
import { preferredLocale } from './preferredLocale.ts'

function localeFor(header?: string) {
  return preferredLocale(new Request('http://x', { headers: header ? { 'accept-language': header } : {} }))
}

test('times follow the language the browser likes best, whatever the order of the header', () => {
  expect(localeFor('de-CH')).toBe('de-CH')
  expect(localeFor('en;q=0.5, sv-SE;q=0.9, de;q=0.7')).toBe('sv-SE')
})

test.each([undefined, '', '*', 'xx-invalid-----,,;q=', `${'a'.repeat(5_000)}`, 'tlh;q=0'])(
  '%j falls back to a language that is there',
  (header) => {
    expect(localeFor(header)).toBe('en-GB')
  },
)
