import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** A mutation, and a call of it that the schema takes. */
export interface MutationCall {
  name: string
  needsRecentProof: boolean
  document: string
  variables: Record<string, unknown>
}

/** Every mutation of a schema, called with texts that lead nowhere: those that later features add are found by themselves. */
export function findMutationCalls(schema: GraphQLSchema): MutationCall[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).map(
    ({ name, args, type, extensions }) => {
      const definitions = args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ')
      const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
      const selection = '{ userErrors { code } }'
      if (!('getFields' in getNamedType(type))) throw new Error(`${name} answers with no payload`)
      return {
        name,
        needsRecentProof: extensions['needsRecentProof'] === true,
        document: `mutation ${definitions && `(${definitions})`} { ${name}${passed && `(${passed})`} ${selection} }`,
        variables: Object.fromEntries(args.map((arg) => [arg.name, exampleOf(arg.type)])),
      }
    },
  )
}

function exampleOf(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return undefined
  const inner = type.ofType
  if (isListType(inner)) return []
  if (isEnumType(inner)) return inner.getValues()[0]?.name
  if (inner.toString() === 'Boolean') return false
  if (['Int', 'Float'].includes(inner.toString())) return 1
  if (!isInputObjectType(inner)) return 'nothing'
  return Object.fromEntries(
    Object.values(inner.getFields()).map((field) => [field.name, exampleOf(field.type)]),
  )
}
