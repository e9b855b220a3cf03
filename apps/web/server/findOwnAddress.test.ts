import { expect, test } from 'vitest'
import { findOwnAddress } from './findOwnAddress.ts'

const LOCAL = 'http://localhost:3000'
const PUBLIC = 'https://wellness.example'

/** Open redirect: whoever chooses Host, X-Forwarded-Host or the request line must not choose where a person is sent. */
test.each([
  [LOCAL, '/', { host: '127.0.0.1:3000' }, `${LOCAL}/`],
  [LOCAL, '/today?a=b', { host: '[::1]:3000' }, `${LOCAL}/today?a=b`],
  ['http://127.0.0.1:3000', '/', { host: 'localhost:3000' }, 'http://127.0.0.1:3000/'],
  [LOCAL, '//evil.example/', { host: '127.0.0.1:3000' }, `${LOCAL}//evil.example/`],
  [LOCAL, '@evil.example/', { host: '127.0.0.1:3000' }, null],
  [LOCAL, 'http://evil.example/', { host: '127.0.0.1:3000' }, null],
  [LOCAL, '/', { host: 'localhost:3000' }, null],
  [LOCAL, '/', {}, null],
  // Another port is another door, such as that of a tunnel: what lies behind our own name there is not known.
  [LOCAL, '/', { host: '127.0.0.1:8080' }, null],
  [LOCAL, '/', { host: 'evil.example:3000' }, null],
  [LOCAL, '/', { host: '127.0.0.1.evil.example:3000' }, null],
  [LOCAL, '/', { host: '127.0.0.1:3000', 'x-forwarded-host': 'wellness.example' }, null],
  [LOCAL, '/', { host: '127.0.0.1:3000', forwarded: 'host=wellness.example' }, null],
  [PUBLIC, '/', { host: '127.0.0.1:3000' }, null],
  [PUBLIC, '/', { host: 'evil.example' }, null],
])('%s, asked for %s with %j, sends to %s', (origin, url, headers, address) => {
  expect(findOwnAddress({ url, headers }, origin)).toBe(address)
})
