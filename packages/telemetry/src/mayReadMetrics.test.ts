import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { mayReadMetrics } from './mayReadMetrics.ts'

/** A request as it comes from a peer; tests listen on loopback alone, so that no other peer can really call. */
function requestFrom(remoteAddress: string, headers: IncomingMessage['headers'] = {}) {
  return { socket: { remoteAddress }, headers: { host: '127.0.0.1:4000', ...headers } } as IncomingMessage
}

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['172.17.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['2001:db8::127.0.0.1', false],
  ['12.127.0.1', false],
  ['', false],
])('a peer at %s without a token reads metrics: %s', (address, may) => {
  expect(mayReadMetrics(requestFrom(address), undefined)).toBe(may)
  expect(mayReadMetrics(requestFrom(address, { authorization: 'Bearer undefined' }), undefined)).toBe(may)
  expect(mayReadMetrics(requestFrom(address, { authorization: 'Bearer right' }), 'right')).toBe(true)
})
