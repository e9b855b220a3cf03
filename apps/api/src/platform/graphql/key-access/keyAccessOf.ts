import type { GraphQLInterfaceType, GraphQLObjectType } from 'graphql'
import type { KeyAccess } from './forKeys.ts'

const NAME = /^forKeys(\d+)$/

/**
 * What `@ForKeys` says of a field: beside the field, or beside its type. What a type says goes before what the interfaces
 * and classes say that it stands on. Null when nobody says anything.
 */
export function keyAccessOf(type: GraphQLObjectType | GraphQLInterfaceType, field: string): KeyAccess | null {
  const said = [type.getFields()[field]?.extensions ?? {}, type.extensions].flatMap((extensions) =>
    Object.entries(extensions).flatMap(([name, access]) => {
      const depth = NAME.exec(name)?.[1]
      return depth === undefined ? [] : [{ depth: Number(depth), access: access as KeyAccess }]
    }),
  )
  // The sort is stable: of a field and its type the field comes first.
  return said.sort((one, other) => other.depth - one.depth)[0]?.access ?? null
}
