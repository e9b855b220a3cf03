import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { UserType } from './user.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('UpdateProfilePayload', { simpleResolvers: true, description: 'The profile as it stands now.' })
export class UpdateProfilePayload {
  @Field(() => UserType, { nullable: true, description: 'The person, as they stand after the change.' })
  user!: UserType | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
