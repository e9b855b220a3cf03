import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { NodeType } from '../../../platform/graphql/node.type.ts'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

/** What somebody shows beside a password. */
export const SecondFactorKindEnum = { TOTP: 'TOTP', PASSKEY: 'PASSKEY' } as const

export type SecondFactorKind = keyof typeof SecondFactorKindEnum

registerEnumType(SecondFactorKindEnum, {
  name: 'SecondFactorKind',
  description: 'By what a person shows that it is them, beside the password.',
  valuesConfig: {
    TOTP: { description: 'Codes of an authenticator app.' },
    PASSKEY: { description: 'A passkey of a device or a security key.' },
  },
})

@ForKeys('NONE')
@ObjectType('SecondFactor', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'An authenticator app or a passkey. Nobody has one yet.',
})
export class SecondFactorType extends NodeType {
  @Field(() => ID, { description: 'Opaque.' })
  declare id: string

  @Field(() => SecondFactorKindEnum, { description: 'What it is.' })
  kind!: SecondFactorKind

  @Field(() => String, { description: 'What the person calls it.' })
  name!: string

  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  createdAt!: Date

  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody last signed in with it.' })
  lastUsedAt!: Date | null
}
