import { NODES_MAX, PAGE_SIZE_MAX } from '@wellness/domain/limits'
import type { Scope } from '@wellness/domain/scope'
import { type GraphQLSchema, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql'
import { documentLimits } from './platform/graphql/createApolloServer.ts'
import { KEYS_A_DAY_MAX } from './platform/graphql/idempotency/keptAnswers.ts'
import type { KeyRule } from './platform/graphql/key-access/forKeys.ts'
import { keyAccessOf } from './platform/graphql/key-access/keyAccessOf.ts'
import {
  bucketLimits,
  KEPT_LENGTH_MAX,
  KEPT_POINTS_MAX,
  OPERATION_POINTS_MAX,
  pointsOf,
} from './platform/graphql/limits/costLimits.ts'
import { DOCUMENT_MAX_BYTES } from './platform/graphql/readGraphqlRequest.ts'

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
  /** How much there may be of what a request holds; a program that stays below one today would fail at a lower one. */
  limits: Record<string, number>
}

/** Published beside the schema, so that a key that may do less tomorrow, or a price that rises, is a change like others. */
export function describeAccess(schema: GraphQLSchema): SchemaAccess {
  const accesses = Object.values(schema.getTypeMap())
    .flatMap((type) =>
      (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type)
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
    limits: {
      'bytes of a document': DOCUMENT_MAX_BYTES,
      'tokens of a document': documentLimits.tokens,
      'depth of a document': documentLimits.depth,
      'depth below introspection': documentLimits.introspectionDepth,
      'aliases of a document': documentLimits.aliases,
      'directives of a document': documentLimits.directives,
      'elements of a page': PAGE_SIZE_MAX,
      'ids in nodes': NODES_MAX,
      'points of an operation with an Idempotency-Key': KEPT_POINTS_MAX,
      'characters of an answer that is kept': KEPT_LENGTH_MAX,
      'Idempotency-Keys of a credential in a day': KEYS_A_DAY_MAX,
    },
  }
}
