import { expect, test } from 'vitest'
import { findFreePort } from './freePort.ts'

test('a port that was named is given to nobody else before one listens on it', async () => {
  const ports = await Promise.all(Array.from({ length: 500 }, () => findFreePort()))
  expect(new Set(ports).size).toBe(500)
  // Where the ports of outgoing connections begin.
  expect(Math.max(...ports)).toBeLessThan(32_768)
})
