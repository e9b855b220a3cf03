import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { isCompilable } from './isCompilable.ts'

test.each([
  ['a small query', '{ me { id } }'],
  ['fragments of both kinds', 'query A { me { ...F ... on User { id } } } fragment F on User { name }'],
  ['a query of several, by its name', 'mutation B { signOut { userErrors { code } } } query A { me { id } }'],
  ['a mutation', 'mutation { signOut { userErrors { code } } }'],
  ['the name of a type', '{ me { __typename } }'],
  ['a hundred fields', `{ me { ${'id '.repeat(99)} } }`],
])('%s is compiled', (_what, text) => {
  expect(isCompilable(parse(text), text.includes('query A') ? 'A' : null)).toBe(true)
})

test.each([
  ['a directive at a field', 'query A { me { id @skip(if: false) } }'],
  ['a directive at a spread', 'query A { me { ...F @include(if: true) } } fragment F on User { name }'],
  ['a directive at a fragment', 'query A { me { ...F } } fragment F on User @x { name }'],
  ['a directive at the operation', 'query A @x { me { id } }'],
  ['a question about the schema', 'query A { __schema { types { name } } }'],
  ['an operation that is not there', 'query B { me { id } }'],
  ['a variable called like what every object has', 'query A($toString: ID!) { node(id: $toString) { id } }'],
  ['a variable called __proto__', 'query A($__proto__: ID!) { node(id: $__proto__) { id } }'],
  ['more than a hundred fields', `query A { me { ${'id '.repeat(100)} } }`],
])('%s is left to the engine', (_what, text) => {
  expect(isCompilable(parse(text), 'A')).toBe(false)
})

/** Attack: forty short fragments, each with the next one twice, are a trillion fields to compile. */
test('fragments that multiply each other are not written out', () => {
  const fragments = Array.from(
    { length: 40 },
    (_, index) => `fragment F${index} on User { ...F${index + 1} ...F${index + 1} }`,
  )
  const text = `query A { me { ...F0 } } ${fragments.join(' ')} fragment F40 on User { id }`
  expect(isCompilable(parse(text), 'A')).toBe(false)
})
