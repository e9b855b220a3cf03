import 'reflect-metadata'
import type { GraphQLObjectType } from 'graphql'
import { Extensions, Field, ObjectType, Query, Resolver } from 'type-graphql'
import { describe, expect, test } from 'vitest'
import { ForKeys } from './platform/graphql/key-access/forKeys.ts'
import { keyAccessOf } from './platform/graphql/key-access/keyAccessOf.ts'
import { createSchema } from './schema.ts'
import { findFieldDocuments } from './testing/fieldDocuments.ts'
import { openToKeys } from './testing/openToKeys.ts'

test('what is open to keys is this, and nothing else', () => {
  const schema = createSchema()
  const rules = findFieldDocuments(schema).flatMap(({ coordinate }) => {
    const [type = '', field = ''] = coordinate.split('.')
    const access = keyAccessOf(schema.getType(type) as GraphQLObjectType, field)
    return access?.rule === 'NONE' ? [] : [[coordinate, access?.rule]]
  })
  expect(Object.fromEntries(rules)).toEqual(openToKeys)
})

describe('a field that says nothing to keys', () => {
  @ObjectType({ description: 'A thing.' })
  class Thing {
    @Field(() => String, { description: 'What was forgotten.' })
    forgotten!: string
  }

  @Resolver()
  class ThingResolver {
    @ForKeys('ANY')
    @Query(() => Thing, { nullable: true, description: 'A thing.' })
    thing(): Thing | null {
      return null
    }
  }

  @Resolver()
  class SilentResolver {
    @Extensions({ forLogins: true })
    @Query(() => Boolean, { description: 'Says other things.' })
    silent(): boolean {
      return true
    }
  }

  test('fails the build of the schema, and is named', () => {
    expect(() => createSchema([ThingResolver])).toThrow('Thing.forgotten')
    expect(() => createSchema([SilentResolver])).toThrow('Query.silent')
  })

  test('cannot be opened together with all of its type', () => {
    expect(() => ForKeys('ANY')(class {})).toThrow('only be shut')
    expect(() => ForKeys('PROFILE_READ')(class {})).toThrow('only be shut')
  })
})
