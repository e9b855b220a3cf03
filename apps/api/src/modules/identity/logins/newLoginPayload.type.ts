import { Field, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../../../platform/graphql/scalars/dateTime.scalar.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'
import { UserErrorType } from '../../../platform/graphql/userError.type.ts'
import { UserType } from '../users/user.type.ts'

/** What every way of signing in answers with. */
@ForKeys('NONE')
@ObjectType({ simpleResolvers: true })
export abstract class NewLoginPayload {
  @Field(() => UserType, { nullable: true, description: 'Who is signed in now.' })
  user!: UserType | null

  @Field(() => String, {
    nullable: true,
    description:
      "The login's secret: send it as `Authorization: Bearer …`. It is shown here and never again.",
  })
  token!: string | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this login ends at the latest, however much it is used.',
  })
  expiresAt!: Date | null

  @Field(() => [UserErrorType], { description: 'What the caller can put right.' })
  userErrors!: UserErrorType[]
}
