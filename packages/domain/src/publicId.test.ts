import fc from 'fast-check'
import { fromString, fromUUID, toUUID } from 'typeid-js'
import { expect, test } from 'vitest'
import { newId } from './newId.ts'
import { publicId } from './publicId.ts'

const prefixes = ['user', 'session', 'login'] as const

test('an id comes back as the same UUID, and only under its own prefix', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.constantFrom(...prefixes),
      fc.constantFrom(...prefixes),
      (uuid, prefix, other) => {
        const id = publicId.from(prefix, uuid)
        expect(id.startsWith(`${prefix}_`)).toBe(true)
        expect(publicId.prefixOf(id)).toBe(prefix)
        expect(publicId.parse(other, id)).toBe(other === prefix ? uuid : null)
      },
    ),
  )
})

test('an id is that of the TypeID standard', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(...prefixes), (uuid, prefix) => {
      expect(publicId.from(prefix, uuid)).toBe(fromUUID(uuid, prefix))
    }),
  )
  const edges = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  for (const uuid of edges) expect(publicId.from('user', uuid)).toBe(fromUUID(uuid, 'user'))
})

test('whatever else is sent as an id is null and never an error', () => {
  const standards = (id: string) => {
    try {
      return toUUID(fromString(id, 'session'))
    } catch {
      return null
    }
  }
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ maxLength: 40 }).map((tail) => `session_${tail}`),
    fc.stringMatching(/^session_[0-9a-z]{26}$/),
    fc.stringMatching(/^session_[0-9][0-9a-hjkmnp-tv-z]{25}$/),
    fc.uuid(),
  )
  fc.assert(
    fc.property(text, (id) => {
      const uuid = publicId.parse('session', id)
      expect(uuid === null || publicId.from('session', uuid) === id).toBe(true)
      // It also refuses what is no version of a UUID, which for us is an id that nobody has.
      expect([uuid, null]).toContain(standards(id))
    }),
  )
})

test('new ids sort in the order in which they were made', () => {
  const ids = Array.from({ length: 1_000 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
