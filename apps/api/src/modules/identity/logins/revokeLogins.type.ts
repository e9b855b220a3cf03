import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'

@ObjectType('RevokeLoginsPayload', { simpleResolvers: true, description: 'That the logins ended.' })
export class RevokeLoginsPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
