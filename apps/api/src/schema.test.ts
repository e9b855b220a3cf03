import 'reflect-metadata'
import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { createSchema } from './schema.ts'

/** Every part of the schema that a reader meets, by its coordinate. */
function* parts(): Generator<[coordinate: string, description: string | null | undefined]> {
  for (const type of Object.values(createSchema().getTypeMap())) {
    if (isIntrospectionType(type)) continue
    // The roots are no things of their own; their fields are.
    if (!['Query', 'Mutation'].includes(type.name)) yield [type.name, type.description]
    if (isEnumType(type))
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description]
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field.description]
      for (const argument of 'args' in field ? field.args : []) {
        yield [`${type.name}.${field.name}(${argument.name}:)`, argument.description]
      }
    }
  }
}

test('every type, field, argument, input field and value of the schema says what it is', () => {
  const all = [...parts()]
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter(([, description]) => !description?.trim()).map(([coordinate]) => coordinate)).toEqual([])
})
