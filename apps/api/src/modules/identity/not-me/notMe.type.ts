import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('ReportNotMePayload', {
  simpleResolvers: true,
  description: 'That the account is shut until its owner chose a new password, or why not.',
})
export class ReportNotMePayload {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a link to choose a new password is sent to the address that the notice went to. False where that address has an account of its own by now: the account that the notice told of is shut, and has the address that it had before. Null when nothing was done.',
  })
  resetLinkSent!: boolean | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
