import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { openMutations } from '../openMutations.ts'
import { findClosedMutation } from './findClosedMutation.server.ts'

const schema = buildSchema(
  readFileSync(new URL('../../../../../api/schema.graphql', import.meta.url), 'utf8'),
)
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {})

test('every mutation is passed on or refused by its name, and those that are passed on exist', () => {
  for (const name of mutations)
    expect(findClosedMutation(`mutation { ${name} { userErrors { code } } }`)).toBe(
      openMutations.has(name) ? null : name,
    )
  expect(mutations).toEqual(expect.arrayContaining([...openMutations]))
})

/** Talks somebody into pasting a document that changes how they sign in, and hides the field that does it. */
test.each([
  ['beside an open one', 'mutation { startSession(input: {}) { __typename } changePassword { __typename } }'],
  ['under another name', 'mutation { startSession: changePassword { __typename } }'],
  ['in a fragment', 'mutation { ...a } fragment a on Mutation { changePassword { __typename } }'],
  [
    'in a fragment of a fragment',
    'mutation { ...a } fragment a on Mutation { ...b } fragment b on Mutation { changePassword }',
  ],
  ['in an inline fragment', 'mutation { ... on Mutation { ... { changePassword { __typename } } } }'],
  ['in the second operation', 'query A { me { id } } mutation B { changePassword { __typename } }'],
  ['behind a circle', 'mutation { ...a } fragment a on Mutation { ...a changePassword }'],
  ['behind a directive', 'mutation { changePassword @include(if: true) { __typename } }'],
])('a mutation that is not open is found %s', (_where, document) => {
  expect(findClosedMutation(document)).toBe('changePassword')
})

test('queries pass, and what cannot be read is left to the API, which runs nothing of it', () => {
  expect(findClosedMutation('query A { changePassword: me { id } }')).toBeNull()
  expect(findClosedMutation('mutation { changePassword')).toBeNull()
  expect(findClosedMutation('{ a }'.repeat(2_000))).toBeNull()
})
