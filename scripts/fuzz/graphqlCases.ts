import fc from 'fast-check'
import type { GraphQLSchema } from 'graphql'
import { type GraphqlCase, GraphqlDocuments } from './graphqlDocuments.ts'
import { hostileText } from './hostileText.ts'
import { marks } from './marks.ts'

const TOKEN = /[A-Za-z_]\w*|"(?:[^"\\]|\\.)*"|-?\d[\d.e]*|\.\.\.|[^\s\w]/g

/** A token of a document that takes the place of another, or comes beside it. */
const oddToken = fc.oneof(
  fc.constantFrom(
    ...['{', '}', '(', ')', '[', ']', ':', '!', '$', '@', '|', '&', '=', '...', '"', '"""', '#', ',', '\\'],
    ...[
      'null',
      'true',
      'on',
      'fragment',
      'query',
      'mutation',
      'subscription',
      'extend',
      'schema',
      'type',
      'input',
    ],
    ...[
      '__schema',
      '__type',
      '__typename',
      '__proto__',
      'constructor',
      'hasOwnProperty',
      'password',
      'token',
    ],
    ...[
      '0',
      '-1',
      '00',
      '1.',
      '.5',
      '1e999',
      '9007199254740993',
      '2147483648',
      '""',
      '"""\n"""',
      '"\\u{110000}"',
      '"\\ud800"',
    ],
    ...[
      '@skip(if: 1)',
      '@deprecated',
      '@nothing',
      '@include(if: $x)',
      '$v',
      '$undefined',
      'a: b: c',
      '\ufeff',
      '\0',
      '\u2028',
      '\ud800',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
  hostileText.map((text) => JSON.stringify(text.slice(0, 300))),
)

const anyJson = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown[]>(null, true, false, 0, -0, 1e308, -1, 2 ** 53, [], {}, [[]], [null]),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown[]>(
      JSON.parse('{"__proto__":{"isAdmin":true}}'),
      { constructor: { prototype: { isAdmin: true } } },
      { toString: 1, valueOf: 2, then: 3 },
      { length: 1e9 },
      { password: { $ne: null } },
      { email: `${marks.text}@x`, password: `${marks.password} beside`, extra: 1 },
      { password: 12345, email: [`${marks.text}`] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 10, max: 3_000 })
      .map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 100, max: 12_000 }).map((length) => Array.from({ length }, () => 'x')),
  },
)

/** Documents beyond a limit, each by its own way. */
const limits: fc.Arbitrary<GraphqlCase> = fc
  .tuple(
    fc.constantFrom<((size: number) => string)[]>(
      (size) => `{ ${Array.from({ length: size }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      (size) => `{ ${'me { id } '.repeat(size)} }`,
      (size) => `{ me ${'{ sessions(first: 1) { nodes { user '.repeat(size)}{ id }${'} } }'.repeat(size)} }`,
      (size) => '{ me '.repeat(size),
      (size) => '['.repeat(size),
      (size) => `{ nodes(ids: ${'['.repeat(size)}${']'.repeat(size)}) { id } }`,
      (size) => `{ me ${'@include(if: true) '.repeat(size)}{ id } }`,
      (size) => `{ me ${'@nothing '.repeat(size)}{ id } }`,
      (size) =>
        `{ ...F0 } ${Array.from({ length: size }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F${size} on Query { __typename }`,
      (size) =>
        `{ ...F0 } ${Array.from({ length: size }, (_, i) => `fragment F${i} on Query { ...F${(i + 1) % size} }`).join(' ')}`,
      (size) => `{ __schema { types ${'{ fields { type '.repeat(size)}{ name }${'} }'.repeat(size)} } }`,
      (size) =>
        `mutation { ${Array.from({ length: size }, (_, i) => `s${i}: signIn(input: {email: "many@${marks.mailDomain}", password: "${marks.password}${i}"}) { token }`).join(' ')} }`,
      (size) =>
        `{ me { ${Array.from({ length: size }, (_, i) => `p${i}: sessions(first: 100) { nodes { user { sessions(first: 100) { totalCount nodes { id } } } } }`).join(' ')} } }`,
      (size) => `query(${Array.from({ length: size }, (_, i) => `$v${i}: Int`).join(' ')}) { me { id } }`,
      (size) => `# ${'x'.repeat(size * 20)}\n{ me { id } }`,
      (size) => `${' '.repeat(size * 20)}{ me { id } }`,
      (size) => `{ me { ${'x'.repeat(size)} } }`,
      (size) => Array.from({ length: size }, (_, i) => `query Q${i} { me { id } }`).join(' '),
      (size) => `subscription { ${'me '.repeat(size)} }`,
      (size) => `{ node(id: "${'x'.repeat(size * 10)}") { id } }`,
      (size) => `{ me { sessions(first: ${'9'.repeat(size)}) { totalCount } } }`,
      (size) => `type Query { ${'a: Int '.repeat(size)} }`,
      (size) => `{ node(id: """${'\n  x'.repeat(size)}""") { id } }`,
      (size) => `{ me ${'{ ... on User '.repeat(size)}{ id }${' }'.repeat(size)} }`,
    ),
    fc.constantFrom(1, 2, 5, 10, 11, 15, 16, 30, 100, 500, 1_500),
  )
  .map(([write, size]) => ({ query: write(size), variables: {} }))

export type GraphqlKind = 'valid' | 'token off' | 'variable off' | 'beyond limits' | 'broken'

/** Documents and variables of every degree of soundness. */
export function graphqlCases(schema: GraphQLSchema): Record<GraphqlKind, fc.Arbitrary<GraphqlCase>> {
  const documents = new GraphqlDocuments(schema)
  const valid = fc.oneof(documents.document('query'), documents.document('mutation'))
  const tokenOff = fc
    .tuple(valid, fc.nat(400), fc.constantFrom('replace', 'insert', 'remove', 'swap', 'double'), oddToken)
    .map(([whole, at, change, token]) => ({ ...whole, query: changeToken(whole.query, at, change, token) }))
  const variableOff = fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(20), anyJson), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([whole, changes, isInside]) => ({
      ...whole,
      variables: changeVariables(whole.variables, changes, isInside),
    }))
  const broken = fc
    .oneof(
      fc.array(oddToken, { maxLength: 40 }).map((tokens) => tokens.join(' ')),
      hostileText,
      fc.tuple(valid, fc.nat(300)).map(([{ query }, end]) => query.slice(0, end)),
    )
    .map((query) => ({ query, variables: {} }))
  return { valid, 'token off': tokenOff, 'variable off': variableOff, 'beyond limits': limits, broken }
}

function changeToken(query: string, at: number, change: string, token: string): string {
  const tokens = query.match(TOKEN) ?? []
  const place = tokens.length === 0 ? 0 : at % tokens.length
  const here = tokens[place] ?? ''
  if (change === 'replace') tokens[place] = token
  else if (change === 'insert') tokens.splice(place, 0, token)
  else if (change === 'remove') tokens.splice(place, 1)
  else if (change === 'double') tokens.splice(place, 0, here)
  else {
    tokens[place] = tokens[place + 1] ?? ''
    tokens[place + 1] = here
  }
  return tokens.join(' ')
}

/** Puts odd values in the place of variables, of their fields, or beside them. */
function changeVariables(
  variables: Record<string, unknown>,
  changes: [number, unknown][],
  isInside: boolean,
): Record<string, unknown> {
  const changed = structuredClone(variables)
  const names = Object.keys(changed)
  for (const [at, given] of changes) {
    const value = structuredClone(given)
    const name = names[at % Math.max(1, names.length)]
    const inner = name === undefined ? undefined : changed[name]
    if (name === undefined) changed[`extra${at}`] = value
    else if (isInside && typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      const fields = Object.keys(inner)
      const field = fields[at % (fields.length + 1)] ?? ['__proto__x', 'constructor', 'extra'][at % 3] ?? ''
      ;(inner as Record<string, unknown>)[field] = value
    } else changed[name] = value
  }
  return changed
}
