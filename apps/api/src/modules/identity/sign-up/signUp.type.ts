import { Field, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { UserType } from '../users/user.type.ts'

@ObjectType('RequestSignUpPayload', {
  simpleResolvers: true,
  description: 'The same for every address, whether or not it has a user.',
})
export class RequestSignUpPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}

@ObjectType('CompleteSignUpPayload', {
  simpleResolvers: true,
  description: 'A new user who is signed in, or why there is none.',
})
export class CompleteSignUpPayload {
  @Field(() => UserType, { nullable: true, description: 'The new user.' })
  user!: UserType | null

  @Field(() => String, { nullable: true, description: "The login's secret, as in SignInPayload." })
  token!: string | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this login ends at the latest, however much it is used.',
  })
  expiresAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'For this device to keep, as in SignInPayload.',
  })
  deviceToken!: string | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
