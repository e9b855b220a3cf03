import type { Scope } from '@wellness/domain/scope'
import { type GraphQLSchema, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql'
import type { KeyRule } from './platform/graphql/key-access/forKeys.ts'
import { keyAccessOf } from './platform/graphql/key-access/keyAccessOf.ts'
import { bucketLimits, OPERATION_POINTS_MAX, pointsOf } from './platform/graphql/limits/costLimits.ts'

/** What SDL has no words for, and programs of others rely on all the same. */
export interface SchemaAccess {
  /** With which scope an API key may ask for each field; or with any key, or with none. */
  fields: Record<string, KeyRule>
  /** Fields that let their sender see what lies directly below, as if they had this scope. */
  shows: Record<string, Scope>
  /** In points. */
  prices: Record<string, number>
  operationPointsMax: number
  buckets: Record<string, { points: number; pointsPerSecond: number }>
}

/** Published beside the schema, so that a key that may do less tomorrow, or a price that rises, is a change like others. */
export function describeAccess(schema: GraphQLSchema): SchemaAccess {
  const accesses = Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type))
    .flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.keys(type.getFields()).map(
            (field) => [`${type.name}.${field}`, keyAccessOf(type, field)] as const,
          )
        : [],
    )
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    fields: Object.fromEntries(accesses.map(([field, access]) => [field, access?.rule ?? 'NONE'])),
    shows: Object.fromEntries(
      accesses.flatMap(([field, access]) => (access?.shows ? [[field, access.shows]] : [])),
    ),
    prices: pointsOf,
    operationPointsMax: OPERATION_POINTS_MAX,
    buckets: bucketLimits,
  }
}
