import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

/**
 * Where a served schema breaks what a contract promises its clients: every coordinate of the contract is served with exactly
 * its type, and nothing that the contract does not know is required of a caller. More may be served.
 */
export function findDepartures(contract: GraphQLSchema, served: GraphQLSchema): string[] {
  const promised = Object.values(contract.getTypeMap()).filter((type) => !type.name.startsWith('__'))
  return [
    ...compareRoots(contract, served),
    ...promised.flatMap((type) => compareTypes(type, served.getType(type.name))),
  ]
}

function compareRoots(contract: GraphQLSchema, served: GraphQLSchema): string[] {
  const roots = (schema: GraphQLSchema) => [schema.getQueryType()?.name, schema.getMutationType()?.name]
  const [promised, actual] = [roots(contract), roots(served)]
  return promised.every((name, i) => name === actual[i])
    ? []
    : [`schema: ${actual.join()}, not ${promised.join()}`]
}

function compareTypes(type: GraphQLNamedType, other: GraphQLNamedType | undefined): string[] {
  if (other === undefined) return [`${type.name}: missing`]
  if (other.constructor !== type.constructor) return [`${type.name}: another kind of type`]
  if (isEnumType(type) && isEnumType(other)) {
    return missing(type.name, names(type.getValues()), names(other.getValues()))
  }
  if (isUnionType(type) && isUnionType(other)) {
    return missing(type.name, names(type.getTypes()), names(other.getTypes()))
  }
  if (isInputObjectType(type) && isInputObjectType(other)) {
    const added = Object.values(other.getFields()).filter((field) => isRequiredInputField(field))
    return [
      ...compareMembers(type.name, Object.values(type.getFields()), Object.values(other.getFields())),
      ...unexpected(`${type.name}.`, names(added), Object.keys(type.getFields())),
    ]
  }
  if ((isObjectType(type) && isObjectType(other)) || (isInterfaceType(type) && isInterfaceType(other))) {
    const fields = Object.values(type.getFields())
    const others = other.getFields()
    return [
      ...missing(`${type.name} implements`, names(type.getInterfaces()), names(other.getInterfaces())),
      ...compareMembers(type.name, fields, Object.values(others)),
      ...fields.flatMap((field) => {
        const same = others[field.name]
        return same === undefined ? [] : compareArguments(`${type.name}.${field.name}`, field.args, same.args)
      }),
    ]
  }
  return []
}

function compareArguments(
  path: string,
  promised: readonly GraphQLArgument[],
  served: readonly GraphQLArgument[],
): string[] {
  const required = served.filter((argument) => isRequiredArgument(argument))
  return [
    ...compareMembers(path, promised, served),
    ...unexpected(`${path}.`, names(required), names(promised)),
  ]
}

function compareMembers(path: string, promised: readonly Member[], served: readonly Member[]): string[] {
  return promised.flatMap((member) => {
    const same = served.find((candidate) => candidate.name === member.name)
    if (same === undefined) return [`${path}.${member.name}: missing`]
    const [wanted, actual] = [String(member.type), String(same.type)]
    return wanted === actual ? [] : [`${path}.${member.name}: ${actual}, not ${wanted}`]
  })
}

interface Member {
  name: string
  type: unknown
}

function names(things: readonly { name: string }[]): string[] {
  return things.map((thing) => thing.name)
}

function missing(path: string, promised: string[], served: string[]): string[] {
  return promised.filter((name) => !served.includes(name)).map((name) => `${path} ${name}: missing`)
}

function unexpected(prefix: string, required: string[], known: string[]): string[] {
  const added = required.filter((name) => !known.includes(name))
  return added.map((name) => `${prefix}${name}: required, but not in the contract`)
}
