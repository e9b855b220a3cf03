import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('RevokeLoginPayload', {
  simpleResolvers: true,
  description: 'That the login ended, or why it did not.',
})
export class RevokeLoginPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

@ForKeys('NONE')
@ObjectType('RevokeLoginsPayload', { simpleResolvers: true, description: 'That the logins ended.' })
export class RevokeLoginsPayload {
  @Field(() => String, {
    nullable: true,
    description: 'For this device to keep, as in SignInPayload; null when its login ended, too.',
  })
  deviceToken!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
