import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('RequestEmailChangePayload', {
  simpleResolvers: true,
  description: 'The same for every address, whether or not it has a user.',
})
export class RequestEmailChangePayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

@ForKeys('NONE')
@ObjectType('ConfirmEmailChangePayload', {
  simpleResolvers: true,
  description: 'That the address was changed, or why not. Nobody is signed in by it.',
})
export class ConfirmEmailChangePayload {
  @Field(() => String, {
    nullable: true,
    description: 'For this device to keep, as in SignInPayload; null when the request came without a login.',
  })
  deviceToken!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
