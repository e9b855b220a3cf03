import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('RequestPasswordResetPayload', {
  simpleResolvers: true,
  description: 'The same for every address, whether or not it has a user.',
})
export class RequestPasswordResetPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

@ForKeys('NONE')
@ObjectType('ResetPasswordPayload', {
  simpleResolvers: true,
  description: 'That the password was changed, or why not. Nobody is signed in by it.',
})
export class ResetPasswordPayload {
  @Field(() => String, {
    nullable: true,
    description: 'For this device to keep, as in SignInPayload: whoever holds the mailbox is no stranger.',
  })
  deviceToken!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
