import 'reflect-metadata'
import fc from 'fast-check'
import {
  buildSchema,
  execute,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  printSchema,
  validate,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { createSchema } from '../../../schema.ts'
import { CostFormula, type OperationCost } from './costFormula.ts'

const schema: GraphQLSchema = createSchema()

function costOf(text: string): OperationCost {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  return new CostFormula(schema).of(document, document.definitions[0] as OperationDefinitionNode)
}

const requested = (text: string, variables = {}) => costOf(text).requested(variables)
const used = (text: string, data: unknown, variables = {}) => costOf(text).used(variables, data)

describe('what an operation costs', () => {
  test.each([
    ['nothing but its name', 1, '{ __typename }'],
    ['an object, its scalars free', 1, '{ me { id email name } }'],
    ['an object in an object', 2, '{ me { liveSession { id } } }'],
    ['a page of twenty', 22, '{ me { sessions(first: 20) { nodes { id status } pageInfo { endCursor } } } }'],
    ['the same in edges', 22, '{ me { sessions(first: 20) { edges { cursor node { id } } } } }'],
    ['the same from its end', 22, '{ me { sessions(last: 20) { nodes { id } } } }'],
    ['a page and its count', 32, '{ me { sessions(first: 20) { nodes { id } totalCount } } }'],
    ['an object in each element', 42, '{ me { sessions(first: 20) { nodes { user { id } } } } }'],
    [
      'pages in pages',
      1 + 1 + 10 * (1 + 1 + 1 + 5),
      '{ me { sessions(first: 10) { nodes { user { sessions(first: 5) { nodes { id } } } } } } }',
    ],
    ['a list without a size', 11, '{ me { logins { id } } }'],
    ['things by their ids', 3, '{ nodes(ids: ["a", "b", "c"]) { id } }'],
    ['a mutation', 11, 'mutation { endSession(input: { id: "a" }) { session { id } userErrors { code } } }'],
    ['questions about the schema', 10, '{ __schema { types { name fields { name } } } }'],
    [
      'what fragments hold, as often as they are spread',
      3,
      'query { me { ...S a: liveSession { id } } ...Q } fragment Q on Query { me { id } } fragment S on User { id }',
    ],
  ])('%s: %i', (_what, points, text) => {
    expect(requested(text)).toBe(points)
  })

  const PAGE = 'query ($n: Int = 3, $l: Int) { me { sessions(first: $n, last: $l) { nodes { id } } } }'
  test.each([
    [{}, 5],
    [{ n: 50 }, 52],
    [{ n: null, l: 7 }, 9],
    [{ n: null }, 2],
    [{ n: -1 }, 2],
    [{ n: 1e9 }, 102],
    [{ n: Number.NaN }, 2],
    [{ n: 'twenty' }, 3],
  ])('a page whose size is a variable, with %j: %i', (variables, points) => {
    expect(requested(PAGE, variables)).toBe(points)
  })

  test('ids in a variable are counted', () => {
    const text = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    expect(requested(text, { ids: ['a', 'b'] })).toBe(2)
    expect(requested(text, { ids: Array.from({ length: 10_000 }, () => 'a') })).toBe(100)
  })
})

describe('what was used of it', () => {
  const PAGE = '{ me { page: sessions(first: 20) { all: nodes { user { id } } totalCount } } }'

  test('elements that a page did not have are not used, nor what would be in them', () => {
    expect(requested(PAGE)).toBe(52)
    const element = { user: { id: 'user_a' } }
    expect(used(PAGE, { me: { page: { all: [element, element], totalCount: 2 } } })).toBe(1 + 1 + 10 + 2 * 2)
    expect(used(PAGE, { me: { page: { all: [], totalCount: 0 } } })).toBe(12)
  })

  test('nobody is charged for the pages of nobody', () => {
    expect(used(PAGE, { me: null })).toBe(1)
    expect(used(PAGE, null)).toBe(1)
  })

  test('a page without its elements in the answer counts as full', () => {
    expect(used('{ me { sessions(first: 20) { pageInfo { endCursor } } } }', { me: { sessions: {} } })).toBe(
      22,
    )
  })

  test('where nothing hangs on a list all of it is used', () => {
    expect(used('{ me { liveSession { id } } }', { me: { liveSession: null } })).toBe(2)
  })
})

/** Fields of a user or a session, to a depth, with pages of sizes that are literals or variables. */
const sizes = fc.constantFrom('$a', '$b', '0', '1', '20', '100')
const selection = fc.letrec<{ user: string; session: string }>((tie) => ({
  user: fc.oneof(
    { depthSize: 'small' },
    fc.constant('id'),
    tie('session').map((inner) => `liveSession { ${inner} }`),
    fc
      .tuple(sizes, tie('session'))
      .map(([size, inner]) => `sessions(first: ${size}) { nodes { ${inner} } totalCount }`),
    fc
      .tuple(sizes, tie('session'))
      .map(([size, inner]) => `s: sessions(last: ${size}) { edges { node { ${inner} } } }`),
    fc
      .tuple(tie('user'), tie('user'))
      .map((both) => `...on User { ${both[0]} } b: ${'id'} ...on Node { id }`),
  ),
  session: fc.oneof(
    { depthSize: 'small' },
    fc.constant('id'),
    tie('user').map((inner) => `user { ${inner} }`),
  ),
})).user
const values = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(null, undefined, '5', [], {}))

test('whatever is asked with whatever variables, the cost is a whole number within bounds', () => {
  fc.assert(
    fc.property(selection, values, values, (inner, a, b) => {
      const document = parse(`query ($a: Int, $b: Int = 7) { me { ${inner} } }`)
      const cost = new CostFormula(schema).of(document, document.definitions[0] as OperationDefinitionNode)
      const points = cost.requested({ a, b })
      expect(Number.isSafeInteger(points)).toBe(true)
      expect(points).toBeGreaterThanOrEqual(1)
      expect(points).toBeLessThanOrEqual(1_000_000)
      for (const data of [null, undefined, 5, {}, { me: null }, { me: { sessions: { nodes: [null, 1] } } }])
        expect(cost.used({ a, b }, data)).toBeLessThanOrEqual(points)
    }),
  )
})

test('who asks for more never pays less: of a larger page, and of one more field', () => {
  fc.assert(
    fc.property(selection, selection, fc.nat(100), fc.nat(100), (inner, more, a, b) => {
      const of = (text: string) => {
        const document = parse(`query ($a: Int, $b: Int) { me { ${text} } }`)
        return new CostFormula(schema).of(document, document.definitions[0] as OperationDefinitionNode)
      }
      const [smaller, larger] = a < b ? [a, b] : [b, a]
      const cost = of(inner)
      expect(cost.requested({ a: smaller, b: 1 })).toBeLessThanOrEqual(cost.requested({ a: larger, b: 1 }))
      expect(
        of(`${inner} again: liveSession { user { ${more} } }`).requested({ a, b }),
      ).toBeGreaterThanOrEqual(cost.requested({ a, b }))
    }),
  )
})

/** Names that every object has, and others. */
const names = fc.constantFrom('a', 'toString', 'constructor', 'valueOf', '__proto__', 'hasOwnProperty')
const small = fc.option(fc.nat(4), { nil: undefined })

/**
 * Attack: a document whose price is less than what it has read, such as with a variable that the formula and the engine take
 * for different things. All pages are full here, and all that is read is counted.
 */
test('nothing reads more elements than it is charged for, whatever its variables are called', async () => {
  const full = buildSchema(printSchema(schema))
  await fc.assert(
    fc.asyncProperty(
      selection,
      fc.uniqueArray(names, { minLength: 2, maxLength: 2 }),
      fc.tuple(small, small),
      fc.tuple(small, small),
      async (inner, [a = 'a', b = 'b'], defaults, given) => {
        const pages = inner.replaceAll(': 20)', ': 3)').replaceAll(': 100)', ': 5)')
        const named = pages.replaceAll(/\$([ab])\b/g, (_, which) => `$${which === 'a' ? a : b}`)
        const declared = [a, b].map(
          (name, i) => `$${name}: Int${defaults[i] === undefined ? '' : ` = ${defaults[i]}`}`,
        )
        const document = parse(
          `query (${declared.join(', ')}) { me { ${named} x: sessions(first: $${a}) { nodes { id } } } }`,
        )
        const sent = [a, b].flatMap((name, i) =>
          given[i] === undefined ? [] : [`${JSON.stringify(name)}:${given[i]}`],
        )
        const variableValues = JSON.parse(`{${sent.join(',')}}`) as Record<string, unknown>
        let read = 0
        await execute({
          schema: full,
          document,
          variableValues,
          rootValue: {},
          typeResolver: () => 'Session',
          fieldResolver: (source: { size?: number }, { first, last }: Record<string, number>, _, info) => {
            const type = getNamedType(info.returnType)
            if (!isCompositeType(type)) return 0
            if (isListType(getNullableType(info.returnType)))
              return Array.from({ length: source.size ?? 0 }, () => ({}))
            const size = type.name.endsWith('Connection') ? (first ?? last ?? 0) : 0
            // What is in an edge was counted with its page.
            if (!info.parentType.name.endsWith('Edge')) read += 1 + size
            return { size }
          },
        })
        const cost = new CostFormula(schema).of(document, document.definitions[0] as OperationDefinitionNode)
        expect(read).toBeLessThanOrEqual(cost.requested(variableValues))
      },
    ),
  )
})

test.each(['toString', 'constructor', 'valueOf', '__proto__'])(
  'ids by default are counted, in a variable called $%s',
  (name) => {
    expect(requested(`query ($${name}: [ID!]! = ["a", "b", "c"]) { nodes(ids: $${name}) { id } }`)).toBe(3)
  },
)

/** Attack: fragments that spread each other twice are read for the price of one request. */
test('a document of fragments that double each other is read once each', () => {
  const levels = 13
  const fragments = Array.from(
    { length: levels },
    (_, i) =>
      `fragment F${i} on User { ${i + 1 < levels ? `...F${i + 1} ...F${i + 1}` : 'liveSession { id }'} }`,
  )
  expect(requested(`{ me { ...F0 } } ${fragments.join(' ')}`)).toBe(1 + 2 ** (levels - 1))
})

/** The formula knows pages by their names, and counts ten elements of any other list. */
describe('of the schema the formula holds that', () => {
  const types = Object.values(schema.getTypeMap())
  const fieldsOf = (type: GraphQLNamedType): GraphQLField<unknown, unknown>[] =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
      ? Object.values(type.getFields())
      : []

  test('every page has a size', () => {
    const pages = types.flatMap(fieldsOf).filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    expect(pages.length).toBeGreaterThan(1)
    for (const { args } of pages)
      expect(args.map(({ name }) => name)).toEqual(expect.arrayContaining(['first', 'last']))
  })

  test('no element of a list without a size leads to a page, which would be read more often than ten times', () => {
    const lists = types
      .filter(({ name }) => !/(Connection|Edge)$/.test(name))
      .flatMap(fieldsOf)
      .filter(
        ({ type, args }) =>
          isListType(getNullableType(type)) &&
          isCompositeType(getNamedType(type)) &&
          !args.some(({ name }) => name === 'ids'),
      )
    expect(lists.length).toBeGreaterThan(2)
    const seen = new Set<GraphQLNamedType>()
    const visit = (type: GraphQLNamedType): void => {
      if (seen.has(type)) return
      seen.add(type)
      for (const field of fieldsOf(type)) visit(getNamedType(field.type))
    }
    for (const { type } of lists) visit(getNamedType(type))
    expect([...seen].map(({ name }) => name).filter((name) => name.endsWith('Connection'))).toEqual([])
  })
})
