import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { findDepartures } from './findDepartures.ts'

const contract = `
  interface Node { id: ID! }
  enum Status { RUNNING OVER }
  union Thing = User
  type User implements Node { id: ID! name: String friends(first: Int, after: String): [User!]! status: Status thing: Thing }
  input Input { email: String! name: String }
  type Query { me: User }
  type Mutation { change(input: Input!): User }`

function departures(change: (schema: string) => string): string[] {
  return findDepartures(buildSchema(contract), buildSchema(change(contract)))
}

test('the contract itself, and anything optional on top, departs in nothing', () => {
  expect(departures((schema) => schema)).toEqual([])
  expect(
    departures((schema) =>
      schema
        .replace('name: String friends', 'name: String nick: String friends')
        .replace('(first: Int', '(shuffled: Boolean, first: Int')
        .replace('name: String }', 'name: String nick: String }')
        .replace('OVER', 'OVER PAUSED'),
    ),
  ).toEqual([])
})

test.each([
  ['a field that is gone', 'name: String friends', 'friends', 'User.name: missing'],
  [
    'a field of another type',
    'name: String friends',
    'name: String! friends',
    'User.name: String!, not String',
  ],
  ['an argument that is gone', ', after: String', '', 'User.friends.after: missing'],
  ['an argument of another type', 'first: Int', 'first: String', 'User.friends.first: String, not Int'],
  ['a new required argument', '(first: Int', '(all: Boolean!, first: Int', 'User.friends.all: required'],
  ['an enum value that is gone', 'RUNNING OVER', 'RUNNING', 'Status OVER: missing'],
  ['a union member that is gone', 'Thing = User', 'Thing = Query', 'Thing User: missing'],
  ['an interface that is gone', 'User implements Node', 'User', 'User implements Node: missing'],
  ['an input field of another type', 'email: String!', 'email: ID!', 'Input.email: ID!, not String!'],
  ['a new required input field', 'name: String }', 'name: String age: Int! }', 'Input.age: required'],
  ['another kind of type', 'enum Status { RUNNING OVER }', 'scalar Status', 'Status: another kind of type'],
  ['a type that is gone', 'type Mutation { change(input: Input!): User }', '', 'Mutation: missing'],
])('%s is a departure', (_name, from, to, expected) => {
  expect(departures((schema) => schema.replace(from, to)).join('\n')).toContain(expected)
})
