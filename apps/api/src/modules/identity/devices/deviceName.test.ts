import { expect, test } from 'vitest'
import { deviceName } from './deviceName.ts'

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'],
  [
    'Microsoft Edge on macOS',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${BLINK} Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0`,
  ],
  [
    'Safari on iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${WEBKIT} Version/18.0 Mobile/15E148 Safari/604.1`,
  ],
  [
    'Chrome on iPad',
    `Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) ${WEBKIT} CriOS/120.0 Mobile/15E148 Safari/604.1`,
  ],
  [
    'Chrome on Android',
    `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${BLINK} Chrome/128.0.0.0 Mobile Safari/537.36`,
  ],
  ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} HeadlessChrome/120.0 Safari/537.36`],
])('%s', (name, userAgent) => {
  expect(deviceName(userAgent)).toBe(name)
})

/**
 * Attack: somebody signs in with a browser that calls itself what they want the account's owner to read.
 */
test.each([
  null,
  '',
  'curl/8.5.0',
  'node',
  'Mozilla/5.0',
  'Support, call +1 555 0100/1.0 (Windows)',
  'https://evil.example/1.0',
  '('.repeat(512),
  `Mozilla/5.0 (${'; '.repeat(250)}`,
])('%j is given no name of its own making', (userAgent) => {
  expect([null, 'Windows']).toContain(deviceName(userAgent))
})
