import { Field, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('ConfirmIdentityPayload', {
  simpleResolvers: true,
  description: 'The same login under a new token, or why the proof was not taken.',
})
export class ConfirmIdentityPayload {
  @Field(() => String, {
    nullable: true,
    description: "The login's new secret, as in SignInPayload. The one that the request came with is void.",
  })
  token!: string | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this login ends at the latest; the same as before.',
  })
  expiresAt!: Date | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
