import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { UserType } from '../users/user.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('UnlinkAccountPayload', {
  simpleResolvers: true,
  description: 'The person without that account, or why it is still linked.',
})
export class UnlinkAccountPayload {
  @Field(() => UserType, { nullable: true, description: 'The person, as they stand after the change.' })
  user!: UserType | null

  @Field(() => String, { nullable: true, description: 'For this device to keep, as in SignInPayload.' })
  deviceToken!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
