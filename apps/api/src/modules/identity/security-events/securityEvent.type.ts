import { publicId } from '@wellness/domain/publicId'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { NodeType } from '../../../platform/graphql/node.type.ts'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { deviceName } from '../devices/deviceName.ts'
import { type SecurityEventKind, securityEventKinds } from './securityEventKind.ts'
import type { PlainSecurityEvent } from './securityEventPages.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

const SecurityEventKindEnum = Object.fromEntries(Object.keys(securityEventKinds).map((kind) => [kind, kind]))

registerEnumType(SecurityEventKindEnum, {
  name: 'SecurityEventKind',
  description: 'What happened to the safety of an account.',
  valuesConfig: Object.fromEntries(
    Object.entries(securityEventKinds).map(([kind, description]) => [kind, { description }]),
  ),
})

@ForKeys('NONE')
@ObjectType('SecurityEvent', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Something that happened to the safety of an account. One sees only one’s own.',
})
export class SecurityEventType extends NodeType {
  @Field(() => ID, { description: 'Opaque, e.g. event_01k….' })
  declare id: string

  @Field(() => SecurityEventKindEnum, { description: 'What happened.' })
  kind!: SecurityEventKind

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt!: Date

  @Field(() => String, {
    nullable: true,
    description: 'Browser and system it came from, as a person would name them; null when unknown.',
  })
  device!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The network address it came from; null when it came from nowhere.',
  })
  ipAddress!: string | null

  static from({ id, kind, occurredAt, ipAddress, userAgent }: PlainSecurityEvent): SecurityEventType {
    return {
      nodeType: 'SecurityEvent',
      id: publicId.from('event', id),
      kind,
      occurredAt,
      device: deviceName(userAgent),
      ipAddress,
    }
  }
}
