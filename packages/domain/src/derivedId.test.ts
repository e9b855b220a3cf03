import { expect, test } from 'vitest'
import { derivedId } from './derivedId.ts'
import { newId } from './newId.ts'

test('a derived id is a UUID, and the same for the same name and the same id alone', () => {
  const [ada, eve] = [newId(), newId()]
  const id = derivedId(ada, 'the first of June')
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(derivedId(ada, 'the first of June')).toBe(id)
  expect(derivedId(ada, 'the second of June')).not.toBe(id)
  expect(derivedId(eve, 'the first of June')).not.toBe(id)
})
