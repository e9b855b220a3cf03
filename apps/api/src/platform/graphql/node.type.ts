import type { GraphQLResolveInfo } from 'graphql'
import { Field, ID, InterfaceType } from 'type-graphql'
import { ForKeys } from './key-access/forKeys.ts'

@InterfaceType('Node', {
  description: 'Anything that can be fetched again by its id.',
  resolveType: (value: NodeType, _context: unknown, _info: GraphQLResolveInfo) => value.nodeType,
})
export abstract class NodeType {
  @ForKeys('ANY')
  @Field(() => ID, { description: 'Opaque: a prefix that names the kind, and a UUIDv7 in TypeID form.' })
  id!: string

  /** The GraphQL type's name. Rows are plain objects, so that nothing else tells them apart. */
  nodeType!: string
}
