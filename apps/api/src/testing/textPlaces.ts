import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** A place in the schema that takes text, and how to call it with a text in there. */
export interface TextPlace {
  name: string
  document: string
  variables(payload: string): Record<string, unknown>
}

/** Each place of a schema that takes text: those that later features add are found by themselves. */
export function* findTextPlaces(schema: GraphQLSchema): Generator<TextPlace> {
  const me = schema.getType('User') as GraphQLObjectType
  for (const [operation, type, path] of [
    ['query', schema.getQueryType()!, []],
    ['mutation', schema.getMutationType()!, []],
    ['query', me, ['me']],
  ] as const) {
    for (const field of Object.values(type.getFields())) {
      const definitions = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ')
      const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
      const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
      const call = `${field.name}(${passed})${selection}`
      const document = `${operation} (${definitions}) { ${path.reduceRight<string>((inner, outer) => `${outer} { ${inner} }`, call)} }`
      for (const argument of field.args) {
        for (const { steps, fill } of findTexts(argument)) {
          yield {
            name: [...path, field.name, ...steps].join('.'),
            document,
            variables: (payload) => ({
              ...Object.fromEntries(field.args.flatMap(harmless)),
              [argument.name]: fill(payload),
            }),
          }
        }
      }
    }
  }
}

/** Every way to put a text somewhere into an argument or input field. */
function* findTexts({ name, type }: Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type'>): Generator<{
  steps: string[]
  fill(payload: string): unknown
}> {
  const inner: GraphQLInputType = isNonNullType(type) ? type.ofType : type
  if (isListType(inner)) yield { steps: [name], fill: (payload) => [payload] }
  else if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields())
    for (const field of fields) {
      for (const { steps, fill } of findTexts(field)) {
        const others = Object.fromEntries(fields.flatMap(harmless))
        yield { steps: [name, ...steps], fill: (payload) => ({ ...others, [field.name]: fill(payload) }) }
      }
    }
  } else if (!isEnumType(inner) && !['Int', 'Float', 'Boolean'].includes(inner.toString())) {
    yield { steps: [name], fill: (payload) => payload }
  }
}

/** A value that lets the call get as far as it can. */
function harmless({
  name,
  type,
}: Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type'>): [string, unknown][] {
  if (name === 'first') return [[name, 1]]
  if (!isNonNullType(type)) return []
  const inner = type.ofType
  if (isListType(inner)) return [[name, []]]
  if (isInputObjectType(inner))
    return [[name, Object.fromEntries(Object.values(inner.getFields()).flatMap(harmless))]]
  return [[name, name === 'email' ? 'harmless@example.com' : 'a harmless text of some length']]
}
