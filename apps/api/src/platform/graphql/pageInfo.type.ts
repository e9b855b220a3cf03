import { Field, ObjectType } from 'type-graphql'

@ObjectType('PageInfo', { simpleResolvers: true, description: 'Where a page stands in its connection.' })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether edges follow behind endCursor.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether edges stand before startCursor.' })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: "The first edge's cursor; null on an empty page." })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: "The last edge's cursor; null on an empty page." })
  endCursor!: string | null
}
