import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from '../../platform/graphql/pageInfo.type.ts'
import { SessionType } from './session.type.ts'
import { ForKeys } from '../../platform/graphql/key-access/forKeys.ts'

@ObjectType('SessionEdge', { simpleResolvers: true, description: 'A session in a list.' })
class SessionEdgeType {
  @ForKeys('SESSIONS_READ')
  @Field(() => String, { description: 'Opaque: for after and before of the same list.' })
  cursor!: string

  @ForKeys('SESSIONS_READ')
  @Field(() => SessionType, { description: 'The session.' })
  node!: SessionType
}

@ObjectType('SessionConnection', { simpleResolvers: true, description: 'A page of sessions.' })
export class SessionConnectionType {
  @ForKeys('SESSIONS_READ')
  @Field(() => [SessionEdgeType], { description: 'The sessions of the page, each with its cursor.' })
  edges!: SessionEdgeType[]

  @ForKeys('SESSIONS_READ')
  @Field(() => [SessionType], { description: 'The sessions of the page.' })
  nodes!: SessionType[]

  @ForKeys('SESSIONS_READ')
  @Field(() => PageInfoType, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfoType

  // Not simple: a compiled query waits for what resolvers give, and not for what it finds.
  @ForKeys('SESSIONS_READ')
  @Field(() => Int, {
    simple: false,
    description: 'How many there are on all pages. Counted only when it is asked for.',
  })
  totalCount!: Promise<number>
}
