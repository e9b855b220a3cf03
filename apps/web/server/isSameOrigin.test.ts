import { expect, test } from 'vitest'
import { isSameOrigin } from './isSameOrigin.ts'

const OWN = 'http://192.168.1.20:3000'

/** Cross-site request forgery, told from our own forms by what browsers say of themselves, the older ones too. */
test.each([
  [{ origin: OWN, 'sec-fetch-site': 'same-origin' }, true],
  // No Sec-Fetch-Site: an older browser, or a plain http address of the local network.
  [{ origin: OWN }, true],
  // The form of a page that tells no referrer.
  [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, true],
  [{ origin: 'null' }, false],
  [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
  [{ origin: 'null', 'sec-fetch-site': 'none' }, false],
  [{ origin: OWN, 'sec-fetch-site': 'cross-site' }, false],
  [{ origin: 'http://192.168.1.20' }, false],
  [{}, false],
])('S10: %j is our own: %s', (headers, isOurs) => {
  expect(isSameOrigin(headers, OWN)).toBe(isOurs)
})
