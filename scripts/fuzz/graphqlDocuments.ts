import fc from 'fast-check'
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  typeFromAST,
} from 'graphql'
import { accountEffects } from './accountEffects.ts'
import { fieldValues } from './fieldValues.ts'
import { hostileText } from './hostileText.ts'

export interface GraphqlCase {
  query: string
  variables: Record<string, unknown>
}

/** A piece of a document, and the variables that it uses. */
interface Piece {
  text: string
  variables: { name: string; type: string; value: unknown }[]
}

const DEPTH = 5
const NOTHING: Piece = { text: '', variables: [] }
const oddInt = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 2, arbitrary: fc.constantFrom(100, 101, 0, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 1e21, 1.5) },
)
const oddDay = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2030-01-01') })
      .map((date) => date.toISOString().slice(0, 10)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '0001-01-01',
      '9999-12-31',
      '0000-01-01',
      '2026-02-30',
      '2026-13-01',
      '+020266-01-01',
      '٢٠٢٦-٠١-٠١',
      '1970-1-1',
      '-271821-04-20',
    ),
  },
)

/** Documents that fit a schema, with values that fit their types if not their meaning. */
export class GraphqlDocuments {
  readonly #schema: GraphQLSchema
  readonly #selections = new Map<string, fc.Arbitrary<Piece>>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /** @param operation which of the schema's roots. */
  document(operation: 'query' | 'mutation'): fc.Arbitrary<GraphqlCase> {
    const root = operation === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType()
    if (!root) throw new Error(`The schema knows no ${operation}`)
    const fields = Object.values(root.getFields())
    const rootField = fc
      .constantFrom(...fields)
      .chain((field) => this.#field(field, DEPTH).map((piece) => ({ ...piece, name: field.name })))
    return fc
      .tuple(
        fc.array(rootField, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', 'Op', '_', 'constructor'),
        fc.constantFrom('plain', 'fragment', 'inline', 'shorthand'),
      )
      .map(([all, name, form]) => {
        // What becomes of an account can be told for one act at a time.
        const alone = all.find((root) => root.name in accountEffects)
        const roots = alone ? [alone] : all
        // The same field twice under one name would have to have the same arguments.
        const text = roots
          .map(
            (piece, index) => (index === 0 || piece.text.startsWith('a') ? '' : `r${index}: `) + piece.text,
          )
          .join(' ')
        const variables = roots.flatMap((piece) => piece.variables)
        const definitions = [
          ...new Map(
            variables.map((variable) => [variable.name, `$${variable.name}: ${variable.type}`]),
          ).values(),
        ]
        const head = `${operation} ${name || 'Op'}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`
        const query =
          form === 'fragment'
            ? `${head} { ...F } fragment F on ${root.name} { ${text} }`
            : form === 'inline'
              ? `${head} { ... on ${root.name} { ... { ${text} } } }`
              : form === 'shorthand' && operation === 'query' && definitions.length === 0
                ? `{ ${text} }`
                : `${head} { ${text} }`
        return {
          query,
          variables: Object.fromEntries(variables.map((variable) => [variable.name, variable.value])),
        }
      })
  }

  /** The document as it stands, with values for its variables. */
  ofText(text: string): fc.Arbitrary<GraphqlCase> {
    const variables = parse(text).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    )
    const values = variables.map(({ variable, type: node }) => {
      const type = typeFromAST(this.#schema, node) as GraphQLInputType | undefined
      if (!type) throw new Error(`The schema does not know the type of ${variable.name.value}`)
      return [variable.name.value, nullable(type, variable.name.value)] as const
    })
    return fc.record(Object.fromEntries(values)).map((given) => ({ query: text, variables: given }))
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<Piece> {
    const wanted = field.args.map((argument) => {
      const given = this.#argument(argument.name, argument.type)
      return isNonNullType(argument.type) ? given : usually(given, 2)
    })
    const type = getNamedType(field.type)
    const inner = isLeafType(type) ? fc.constant(NOTHING) : this.#selection(type, depth - 1)
    const decoration = fc.oneof(
      { weight: 12, arbitrary: fc.constant('') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          ' @include(if: true)',
          ' @skip(if: false)',
          ' @skip(if: true)',
          ' @include(if: false)',
        ),
      },
    )
    const alias = fc.oneof(
      { weight: 8, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 999 }).map((number) => `a${number}: `) },
    )
    return fc
      .tuple(alias, fc.tuple(...wanted), decoration, inner)
      .map(([prefix, args, directive, selection]) => {
        const present = args.filter((piece) => piece !== NOTHING)
        const list = present.length > 0 ? `(${present.map(({ text }) => text).join(', ')})` : ''
        return {
          text: `${prefix}${field.name}${list}${directive}${selection.text}`,
          variables: [...present, selection].flatMap(({ variables }) => variables),
        }
      })
  }

  #selection(type: GraphQLNamedOutputType, depth: number): fc.Arbitrary<Piece> {
    const key = `${type.name} ${depth}`
    const known = this.#selections.get(key)
    if (known) return known
    const made = this.#makeSelection(type, depth)
    this.#selections.set(key, made)
    return made
  }

  #makeSelection(type: GraphQLNamedOutputType, depth: number): fc.Arbitrary<Piece> {
    const types: GraphQLObjectType[] = isAbstractType(type)
      ? [...this.#schema.getPossibleTypes(type)]
      : isObjectType(type)
        ? [type]
        : []
    const parts = types.map((concrete) => {
      const fields = Object.values(concrete.getFields()).filter(
        (field) => depth > 0 || isLeafType(getNamedType(field.type)),
      )
      return fc
        .tuple(
          ...fields.map((field) =>
            usually(
              this.#field(field, depth),
              // What tells whether a mutation was carried out is asked for as often as not.
              isLeafType(getNamedType(field.type)) || field.name === 'userErrors' ? 2 : 4,
            ),
          ),
        )
        .map((pieces) => {
          const present = pieces.filter((piece) => piece !== NOTHING)
          const text = present.map((piece) => piece.text).join(' ') || '__typename'
          return {
            text: types.length > 1 || isAbstractType(type) ? `... on ${concrete.name} { ${text} }` : text,
            variables: present.flatMap(({ variables }) => variables),
          }
        })
    })
    return fc.tuple(...parts).map((pieces) => ({
      text: ` { ${isAbstractType(type) ? '__typename ' : ''}${pieces.map(({ text }) => text).join(' ')} }`,
      variables: pieces.flatMap(({ variables }) => variables),
    }))
  }

  /** A value in the document itself, or in a variable. */
  #argument(name: string, type: GraphQLInputType): fc.Arbitrary<Piece> {
    return fc
      .tuple(valueOf(type, name), fc.boolean(), fc.integer({ min: 0, max: 99_999 }))
      .map(([value, isVariable, number]) =>
        isVariable
          ? {
              text: `${name}: $v${number}`,
              variables: [{ name: `v${number}`, type: type.toString(), value }],
            }
          : { text: `${name}: ${toLiteral(value)}`, variables: [] },
      )
  }
}

/** Nothing, so many times as often as the piece, less one. */
function usually(piece: fc.Arbitrary<Piece>, times: number): fc.Arbitrary<Piece> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(NOTHING) }, { weight: 1, arbitrary: piece })
}

function valueOf(type: GraphQLInputType, name: string): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType, name)
  const named = name in fieldValues ? fieldValues[name as keyof typeof fieldValues] : undefined
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const required = fields.filter((field) => isNonNullType(field.type)).map((field) => field.name)
    return fc.record(
      Object.fromEntries(
        fields.map((field) => {
          const precise = `${type.name}.${field.name}`
          return [field.name, nullable(field.type, precise in fieldValues ? precise : field.name)]
        }),
      ),
      {
        requiredKeys: required,
      },
    )
  }
  if (named) return named
  if (isListType(type)) return fc.array(valueOf(type.ofType, name), { maxLength: 4 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name))
  if (type.name === 'Int' || type.name === 'Float') return oddInt
  if (type.name === 'Boolean') return fc.boolean()
  if (type.name === 'Date') return oddDay
  return hostileText
}

function nullable(type: GraphQLInputType, name: string): fc.Arbitrary<unknown> {
  const value = valueOf(type, name)
  return isNonNullType(type)
    ? value
    : fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) })
}

function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toLiteral).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${toLiteral(inner)}`)
      .join(', ')}}`
  }
  return JSON.stringify(value)
}
