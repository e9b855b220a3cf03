import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'

@ObjectType('ReportNotMePayload', {
  simpleResolvers: true,
  description: 'That the account is shut until its owner chose a new password, or why not.',
})
export class ReportNotMePayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
