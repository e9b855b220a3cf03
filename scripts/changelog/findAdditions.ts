import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

/** What harms nobody: types and fields that are new, and what is newly deprecated. */
export function findAdditions(before: GraphQLSchema, after: GraphQLSchema): string[] {
  return Object.values(after.getTypeMap()).flatMap((type) => {
    const known = before.getType(type.name)
    return known === undefined
      ? [`${type.name} was added.`]
      : [...findNewFields(known, type), ...findNewDeprecations(known, type)]
  })
}

function findNewFields(known: GraphQLNamedType, type: GraphQLNamedType): string[] {
  if (!(isObjectType(type) || isInterfaceType(type)) || !(isObjectType(known) || isInterfaceType(known)))
    return []
  return Object.keys(type.getFields())
    .filter((name) => !(name in known.getFields()))
    .map((name) => `${type.name}.${name} was added.`)
}

function findNewDeprecations(known: GraphQLNamedType, type: GraphQLNamedType): string[] {
  const before = new Map(deprecable(known))
  return deprecable(type).flatMap(([coordinate, reason]) =>
    reason !== null && before.get(coordinate) === null ? [`${coordinate} is deprecated: ${reason}`] : [],
  )
}

/** Every part of a type that can be deprecated, with the reason where it is. */
function deprecable(type: GraphQLNamedType): [coordinate: string, reason: string | null][] {
  const part = (name: string, { deprecationReason }: { deprecationReason?: string | null | undefined }) =>
    [`${type.name}.${name}`, deprecationReason ?? null] as [string, string | null]
  if (isEnumType(type)) return type.getValues().map((value) => part(value.name, value))
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => part(field.name, field))
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    part(field.name, field),
    ...field.args.map((argument) => part(`${field.name}(${argument.name}:)`, argument)),
  ])
}
