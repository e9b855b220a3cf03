import { publicId } from '@wellness/domain/publicId'
import { type Scope, scopes } from '@wellness/domain/scope'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'
import { NodeType } from '../../../platform/graphql/node.type.ts'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import type { PlainApiKey } from './apiKeyList.ts'

/** For type-graphql, which knows an enum by its object. */
export const ScopeEnum = Object.fromEntries(Object.keys(scopes).map((scope) => [scope, scope]))

registerEnumType(ScopeEnum, {
  name: 'Scope',
  description: 'What a credential may see and do. A login may do all that its user may.',
  valuesConfig: Object.fromEntries(
    Object.entries(scopes).map(([scope, description]) => [scope, { description }]),
  ),
})

@ForKeys('NONE')
@ObjectType('ApiKey', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A key that acts for its user, within its scopes, from scripts and other servers.',
})
export class ApiKeyType extends NodeType {
  @Field(() => ID, { description: 'Opaque, e.g. key_01k…. It is no secret, and opens nothing.' })
  declare id: string

  @Field(() => String, { description: 'What its user calls it.' })
  name!: string

  @Field(() => String, { description: 'The first characters of its secret, to recognise it by.' })
  hint!: string

  @Field(() => [ScopeEnum], { description: 'What it may see and do.' })
  scopes!: Scope[]

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it stops working; it is listed for 30 days more. Null for a key without an end.',
  })
  expiresAt!: Date | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'To the minute; null when it was never used.' })
  lastUsedAt!: Date | null

  static from({ id, ...key }: PlainApiKey): ApiKeyType {
    return { ...key, nodeType: 'ApiKey', id: publicId.from('key', id) }
  }
}
