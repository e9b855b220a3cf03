import { Field, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('ChangePasswordPayload', {
  simpleResolvers: true,
  description: 'That the password was changed, or why not.',
})
export class ChangePasswordPayload {
  @Field(() => String, {
    nullable: true,
    description: "This login's new secret, as in SignInPayload. The one that the request came with is void.",
  })
  token!: string | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this login ends at the latest; the same as before.',
  })
  expiresAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'For this device to keep, as in SignInPayload.',
  })
  deviceToken!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
