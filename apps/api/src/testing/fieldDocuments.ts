import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** A field of a schema, and a document that asks for it on the shortest way there, by a query if there is one. */
export interface FieldDocument {
  /** `Type.field` */
  coordinate: string
  /** The coordinates on the way, the field itself last. */
  path: string[]
  document: string
}

interface Way {
  path: string[]
  /** Wraps what is selected at its end. */
  wrap(selection: string): string
}

/** Every field of every type: those that later features add are found by themselves. */
export function findFieldDocuments(schema: GraphQLSchema): FieldDocument[] {
  const ways = findWays(schema)
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!(isObjectType(type) || isInterfaceType(type)) || isIntrospectionType(type)) return []
    const way = ways.get(type.name)
    return Object.values(type.getFields()).map((field) => {
      const coordinate = `${type.name}.${field.name}`
      if (!way) throw new Error(`Nothing leads to ${coordinate}`)
      const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
      return {
        coordinate,
        path: [...way.path, coordinate],
        document: way.wrap(`${callOf(field)}${selection}`),
      }
    })
  })
}

function findWays(schema: GraphQLSchema): Map<string, Way> {
  const ways = new Map<string, Way>()
  for (const [operation, root] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    if (!root) continue
    ways.set(root.name, { path: [], wrap: (selection) => `${operation} { ${selection} }` })
    const queue = [root.name]
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const type = schema.getType(name)
      const way = ways.get(name)
      if (!way || !(isObjectType(type) || isInterfaceType(type))) continue
      for (const field of Object.values(type.getFields())) {
        const next = getNamedType(field.type).name
        if (ways.has(next)) continue
        ways.set(next, {
          path: [...way.path, `${name}.${field.name}`],
          wrap: (selection) => way.wrap(`${callOf(field)} { ${selection} }`),
        })
        queue.push(next)
      }
    }
  }
  return ways
}

function callOf({ name, args }: GraphQLField<unknown, unknown>): string {
  const passed = args
    .filter((arg) => isRequiredArgument(arg) || arg.name === 'first')
    .map((arg) => `${arg.name}: ${exampleOf(arg.type)}`)
  return passed.length > 0 ? `${name}(${passed.join(', ')})` : name
}

function exampleOf(type: GraphQLInputType): string {
  const inner = isNonNullType(type) ? type.ofType : type
  if (isListType(inner)) return '[]'
  if (isEnumType(inner)) return inner.getValues()[0]?.name ?? ''
  if (isInputObjectType(inner)) {
    const required = Object.values(inner.getFields()).filter((field) => isRequiredArgument(field))
    return `{ ${required.map((field) => `${field.name}: ${exampleOf(field.type)}`).join(', ')} }`
  }
  if (inner.toString() === 'Boolean') return 'false'
  return ['Int', 'Float'].includes(inner.toString()) ? '1' : '"nothing"'
}
