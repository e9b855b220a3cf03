import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'

interface Deprecable {
  deprecationReason?: string | null | undefined
}

/** The reasons of everything that is deprecated in a schema: fields, arguments, values of enums, fields of inputs. */
export function deprecationReasons(schema: GraphQLSchema): string[] {
  const parts = Object.values(schema.getTypeMap()).flatMap((type): readonly Deprecable[] => {
    if (type.name.startsWith('__')) return []
    if (isEnumType(type)) return type.getValues()
    if (isInputObjectType(type)) return Object.values(type.getFields())
    if (!isObjectType(type) && !isInterfaceType(type)) return []
    return Object.values(type.getFields()).flatMap((field) => [field, ...field.args])
  })
  return parts.flatMap(({ deprecationReason }) => (deprecationReason == null ? [] : [deprecationReason]))
}
