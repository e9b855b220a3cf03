import { Field, ObjectType } from 'type-graphql'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { NewLoginPayload } from '../logins/newLoginPayload.type.ts'
import { type SecondFactorKind, SecondFactorKindEnum } from '../second-factors/secondFactor.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('SignInPayload', { simpleResolvers: true, description: 'A new login, or why there is none.' })
export class SignInPayload extends NewLoginPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'For this device to keep, for a year, and to send with the next sign-in. It signs nobody in: it lets tries from here be counted apart from those of strangers, and spares the person a mail about a new device.',
  })
  deviceToken!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Set with SECOND_FACTOR_REQUIRED: hand it to verifySecondFactor within five minutes. It signs no one in by itself.',
  })
  secondFactorTicket?: string | null

  @Field(() => [SecondFactorKindEnum], {
    nullable: true,
    description: 'Which kinds this user can finish with.',
  })
  secondFactorKinds?: SecondFactorKind[] | null
}

@ForKeys('NONE')
@ObjectType('SignOutPayload', { simpleResolvers: true, description: 'That the login ended.' })
export class SignOutPayload {
  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
