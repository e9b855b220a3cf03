import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import { hasRecursiveInput } from './hasRecursiveInput.ts'

const schema = buildSchema(`
  type Query { ask(tree: Tree, pair: Pair, text: String): Int }
  input Tree { name: String branches: [Branch!] }
  input Branch { tree: Tree }
  input Pair { one: Leaf two: Leaf! }
  input Leaf { name: String }`)

test.each([
  ['$tree: Tree', true],
  ['$text: String, $branches: [Branch!]!', true],
  ['$pair: Pair!', false],
  ['$text: [String!]', false],
])('a query of (%s) has a variable of a type that holds itself: %s', (variables, expected) => {
  const definition = getOperationAST(parse(`query (${variables}) { ask }`))
  expect(hasRecursiveInput(schema, definition as OperationDefinitionNode)).toBe(expected)
})
