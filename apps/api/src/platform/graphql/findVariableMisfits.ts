import {
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  isEnumType,
} from 'graphql'

/**
 * Where a variable's value does not fit its type, told by path and expected type alone. The engine's own message prints
 * the whole value, and with it the password that stood beside the field in error.
 *
 * @param path what leads to the value, e.g. `$input`.
 * @param limit the most to look for: the value may be wrong ten thousand times.
 */
export function findVariableMisfits(
  value: unknown,
  type: GraphQLInputType,
  path: string,
  limit: number,
  found: string[] = [],
): string[] {
  if (found.length >= limit) return found
  const misfit = (message: string) => void found.push(message)

  if (isNonNullType(type)) {
    if (value == null) misfit(`${path} has to be ${type.toString()} and may not be left out or null.`)
    else findVariableMisfits(value, type.ofType, path, limit, found)
  } else if (value == null) {
    return found
  } else if (isListType(type)) {
    const items: unknown[] = Array.isArray(value) ? value : [value]
    items.forEach((item, index) => findVariableMisfits(item, type.ofType, `${path}.${index}`, limit, found))
  } else if (isInputObjectType(type)) {
    if (typeof value !== 'object' || Array.isArray(value))
      misfit(`${path} has to be ${type.name}, an object.`)
    else {
      const fields = type.getFields()
      const given = value as Record<string, unknown>
      for (const field of Object.values(fields)) {
        const isGiven = given[field.name] !== undefined
        if (isGiven || field.defaultValue === undefined) {
          findVariableMisfits(given[field.name], field.type, `${path}.${field.name}`, limit, found)
        }
      }
      if (found.length < limit && Object.keys(given).some((name) => !fields[name])) {
        misfit(
          `${path} has a field that ${type.name} does not know; it takes: ${Object.keys(fields).join(', ')}.`,
        )
      }
    }
  } else if ((isScalarType(type) || isEnumType(type)) && !parses(() => type.parseValue(value))) {
    misfit(`${path} has to be ${type.name}.`)
  }
  return found
}

function parses(parse: () => unknown): boolean {
  try {
    return parse() !== undefined
  } catch {
    return false
  }
}
