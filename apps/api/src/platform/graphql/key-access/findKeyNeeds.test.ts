import { buildSchema, type GraphQLObjectType, type OperationDefinitionNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import { findKeyNeeds } from './findKeyNeeds.ts'
import type { KeyAccess } from './forKeys.ts'

const schema = buildSchema(`
  type Query { thing: Thing, note: Note, secret: String, silent: String }
  type Thing { id: ID, owner: Person }
  type Person { name: String, things: [Thing] }
  type Note { thing: Thing, text: String }
`)
const RULES: Record<string, KeyAccess> = {
  'Query.thing': { rule: 'ANY' },
  'Query.note': { rule: 'SESSIONS_WRITE' },
  'Query.secret': { rule: 'NONE' },
  'Note.thing': { rule: 'SESSIONS_WRITE', shows: 'SESSIONS_READ' },
  'Note.text': { rule: 'ANY' },
  'Thing.id': { rule: 'SESSIONS_READ' },
  'Thing.owner': { rule: 'ANY' },
  'Person.name': { rule: 'PROFILE_READ' },
  'Person.things': { rule: 'ANY' },
}
for (const [coordinate, access] of Object.entries(RULES)) {
  const [type = '', field = ''] = coordinate.split('.')
  const found = (schema.getType(type) as GraphQLObjectType).getFields()[field]
  if (found) found.extensions = { forKeys1: access }
}

function needsOf(text: string) {
  const document = parse(text)
  return findKeyNeeds(schema, document, document.definitions[0] as OperationDefinitionNode)
}

test.each([
  ['{ __typename }', []],
  ['{ thing { __typename } }', []],
  ['{ thing { id } }', ['SESSIONS_READ']],
  ['{ note { thing { id } } }', ['SESSIONS_WRITE']],
  ['{ note { thing { ... { id } ... on Thing { id } } } }', ['SESSIONS_WRITE']],
  ['{ note { thing { ...F } } } fragment F on Thing { id }', ['SESSIONS_WRITE']],
  // What is shown is shown directly below, and not on the way on from there.
  ['{ note { thing { owner { things { id } } } } }', ['SESSIONS_READ', 'SESSIONS_WRITE']],
  ['{ note { thing { owner { name } } } }', ['PROFILE_READ', 'SESSIONS_WRITE']],
  // One fragment in two places, of which one shows and the other does not, whichever comes first.
  [
    '{ note { thing { ...F } } thing { ...F } } fragment F on Thing { id }',
    ['SESSIONS_READ', 'SESSIONS_WRITE'],
  ],
  [
    '{ thing { ...F } note { thing { ...F } } } fragment F on Thing { id }',
    ['SESSIONS_READ', 'SESSIONS_WRITE'],
  ],
])('%s needs %j', (text, scopes) => {
  expect(needsOf(text)).toEqual({ scopes, shut: [] })
})

test('a field that says nothing is as shut as one that no key may ask for', () => {
  expect(needsOf('{ secret silent thing { id } }')).toEqual({
    scopes: ['SESSIONS_READ'],
    shut: ['Query.secret', 'Query.silent'],
  })
})

test('fragments that spread each other twice are walked once', () => {
  const fragments = Array.from(
    { length: 60 },
    (_, i) => `fragment F${i} on Thing { ...F${i + 1} ...F${i + 1} }`,
  )
  expect(needsOf(`{ thing { ...F0 } } ${fragments.join(' ')} fragment F60 on Thing { id }`).scopes).toEqual([
    'SESSIONS_READ',
  ])
})
