import { Field, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { UserType } from '../users/user.type.ts'

@ObjectType('VerifySecondFactorPayload', {
  simpleResolvers: true,
  description: 'A new login, or why there is none.',
})
export class VerifySecondFactorPayload {
  @Field(() => UserType, { nullable: true, description: 'Who is signed in now.' })
  user!: UserType | null

  @Field(() => String, { nullable: true, description: "The login's secret, as in SignInPayload." })
  token!: string | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this login ends at the latest, however much it is used.',
  })
  expiresAt!: Date | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
