import { type GraphQLSchema, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql'
import { keyAccessOf } from './keyAccessOf.ts'

/** @throws when a field does not say what an API key needs to ask for it. */
export function assertKeyRules(schema: GraphQLSchema): void {
  const silent = Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type)
      ? Object.keys(type.getFields())
          .filter((field) => !keyAccessOf(type, field))
          .map((field) => `${type.name}.${field}`)
      : [],
  )
  if (silent.length > 0) throw new Error(`These say nothing to API keys, by @ForKeys: ${silent.join(', ')}`)
}
