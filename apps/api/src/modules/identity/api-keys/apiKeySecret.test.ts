import fc from 'fast-check'
import { expect, test } from 'vitest'
import { opaqueToken } from '../../../platform/crypto/opaqueToken.ts'
import { apiKeySecret } from './apiKeySecret.ts'

test('a secret is a prefix that scanners can know, and letters and digits of 256 bits and a checksum', () => {
  const made = Array.from({ length: 500 }, () => apiKeySecret.make())
  for (const { secret, hash, hint } of made) {
    expect(secret).toMatch(/^wsk_[0-9A-Za-z]{49}$/)
    expect(apiKeySecret.hash(secret)).toEqual(hash)
    expect(secret.startsWith(hint)).toBe(true)
    expect(hint).toHaveLength(10)
  }
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(500)
  // Every place takes many values, but the first ones of the bits and of the checksum, which have what is left over.
  for (let place = 5; place < 53; place += 1) {
    if (place === 47) continue
    expect(new Set(made.map(({ secret }) => secret[place])).size).toBeGreaterThan(40)
  }
})

test('a secret with any one character mistyped, or two swapped, is told apart without asking anybody', () => {
  const { secret } = apiKeySecret.make()
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: secret.length - 1 }),
      fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_- '),
      (place, typed) => {
        const mistyped = secret.slice(0, place) + typed + secret.slice(place + 1)
        const swapped =
          secret.slice(0, place) + (secret[place + 1] ?? '') + (secret[place] ?? '') + secret.slice(place + 2)
        for (const text of [mistyped, swapped]) {
          expect(apiKeySecret.hash(text) === null).toBe(text !== secret)
        }
      },
    ),
    { numRuns: 1_000 },
  )
  for (const text of ['', 'wsk_', secret.slice(0, -1), `${secret}0`, secret.toUpperCase(), ` ${secret}`]) {
    expect(apiKeySecret.hash(text)).toBeNull()
  }
})

test('no text is both a key and the token of a login', () => {
  expect(opaqueToken.hash(apiKeySecret.make().secret)).toBeNull()
  expect(apiKeySecret.hash(opaqueToken.make().token)).toBeNull()
})
