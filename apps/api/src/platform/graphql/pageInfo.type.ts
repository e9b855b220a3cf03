import { Field, ObjectType } from 'type-graphql'
import { ForKeys } from './key-access/forKeys.ts'

@ObjectType('PageInfo', { simpleResolvers: true, description: 'Where a page stands in its connection.' })
export class PageInfoType {
  @ForKeys('ANY')
  @Field(() => Boolean, { description: 'Whether edges follow behind endCursor.' })
  hasNextPage!: boolean

  @ForKeys('ANY')
  @Field(() => Boolean, { description: 'Whether edges stand before startCursor.' })
  hasPreviousPage!: boolean

  @ForKeys('ANY')
  @Field(() => String, { nullable: true, description: "The first edge's cursor; null on an empty page." })
  startCursor!: string | null

  @ForKeys('ANY')
  @Field(() => String, { nullable: true, description: "The last edge's cursor; null on an empty page." })
  endCursor!: string | null
}
