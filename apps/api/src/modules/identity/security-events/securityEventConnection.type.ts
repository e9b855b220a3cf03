import { Field, ObjectType } from 'type-graphql'
import { PageInfoType } from '../../../platform/graphql/pageInfo.type.ts'
import { SecurityEventType } from './securityEvent.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('SecurityEventEdge', { simpleResolvers: true, description: 'An event in a list.' })
class SecurityEventEdgeType {
  @Field(() => String, { description: 'Opaque: for after and before of the same list.' })
  cursor!: string

  @Field(() => SecurityEventType, { description: 'The event.' })
  node!: SecurityEventType
}

@ForKeys('NONE')
@ObjectType('SecurityEventConnection', { simpleResolvers: true, description: 'A page of events.' })
export class SecurityEventConnectionType {
  @Field(() => [SecurityEventEdgeType], { description: 'The events of the page, each with its cursor.' })
  edges!: SecurityEventEdgeType[]

  @Field(() => [SecurityEventType], { description: 'The events of the page.' })
  nodes!: SecurityEventType[]

  @Field(() => PageInfoType, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfoType
}
