import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BoundedMap } from './boundedMap.ts'

/** Attack: somebody fills the memory of who is known with credentials that are used once, to have the others forgotten. */
test('what is used stays, however much is used once', () => {
  const map = new BoundedMap<number>(10)
  map.set('used', 1)
  for (let i = 0; i < 1_000; i += 1) {
    map.set(`once ${i}`, i)
    expect(map.get('used')).toBe(1)
    expect(map.size).toBeLessThanOrEqual(10)
  }
  expect(map.get('once 0')).toBeUndefined()
  expect(map.get('once 999')).toBe(999)
})

test('it never holds more than it may, or anything else than was last set, and keeps the half that was used last', () => {
  const key = fc.integer({ min: 0, max: 12 }).map(String)
  const step = fc.record({ key, what: fc.constantFrom('set', 'get', 'delete'), value: fc.integer() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const map = new BoundedMap<number>(8)
      // By when they were last used.
      const all = new Map<string, number>()
      for (const { key, what, value } of steps) {
        const recent = [...all.keys()].slice(-4)
        if (what === 'get') {
          const found = map.get(key)
          if (recent.includes(key) || found !== undefined) expect(found).toBe(all.get(key))
          if (found !== undefined) {
            all.delete(key)
            all.set(key, found)
          }
        } else {
          all.delete(key)
          if (what === 'set') {
            map.set(key, value)
            all.set(key, value)
          } else map.delete(key)
        }
        expect(map.size).toBeLessThanOrEqual(8)
      }
    }),
  )
})
