import 'reflect-metadata'
import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { isPlainMutation } from './platform/graphql/isPlainMutation.ts'
import { createSchema } from './schema.ts'

const schema = createSchema()
const refresh = (selection: string) =>
  `mutation A($input: RefreshSessionInput!) { refreshSession(input: $input) { ${selection} } }`

function isPlain(text: string): boolean {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  return isPlainMutation(schema, document, 'A')
}

test.each([
  ['of a payload as it stands', refresh('session { id status __typename } userErrors { code path }')],
  ['beside a query that does not run', `${refresh('session { id }')} query B { me { liveSession { id } } }`],
])('a mutation is compiled that asks for fields %s', (_what, text) => {
  expect(isPlain(text)).toBe(true)
})

test.each([
  ['has a resolver of its own', refresh('session { user { liveSession { id } } }')],
  [
    'has one, in a fragment',
    `${refresh('session { ...F }')} fragment F on Session { user { liveSession { id } } }`,
  ],
  [
    'is the second of two mutations',
    'mutation A { signOut { userErrors { code } } again: signOut { userErrors { code } } }',
  ],
])('a mutation is left to the engine when a field %s: it cannot be asked again', (_what, text) => {
  expect(isPlain(text)).toBe(false)
})

test('a query is none', () => {
  expect(isPlain('query A { me { id } }')).toBe(false)
})
