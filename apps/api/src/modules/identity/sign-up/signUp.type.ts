import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { NewLoginPayload } from '../logins/newLoginPayload.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('RequestSignUpPayload', {
  simpleResolvers: true,
  description: 'The same for every address, whether or not it has a user.',
})
export class RequestSignUpPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

@ForKeys('NONE')
@ObjectType('CompleteSignUpPayload', {
  simpleResolvers: true,
  description: 'A new user who is signed in, or why there is none.',
})
export class CompleteSignUpPayload extends NewLoginPayload {
  @Field(() => String, {
    nullable: true,
    description: 'For this device to keep, as in SignInPayload.',
  })
  deviceToken!: string | null
}
