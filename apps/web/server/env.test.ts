import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const COMPLETE = { API_URL: 'http://127.0.0.1:4000', WEB_API_SECRET: 'y'.repeat(32) }

test('a proxy is an address or a range of addresses, and what is neither stops the start', () => {
  const trusted = '10.0.0.0/8, ::1'
  expect(readEnv({ ...COMPLETE, TRUSTED_PROXIES: trusted }).TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '::1'])
  for (const wrong of ['balancer.example', '10.0.0.0/33', '0.0.0.0/0', 'true'])
    expect(() => readEnv({ ...COMPLETE, TRUSTED_PROXIES: wrong }), wrong).toThrow(
      'TRUSTED_PROXIES must be addresses or ranges of addresses, such as 10.0.0.0/8',
    )
})
