import { Field, ObjectType } from 'type-graphql'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@ForKeys('NONE')
@ObjectType('Account', {
  simpleResolvers: true,
  description: 'A sign-in provider linked to a user, unique by provider and providerAccountId.',
})
export class AccountType {
  @Field(() => String, { description: 'Which provider.' })
  provider!: string

  @Field(() => String, { description: "The user's id at the provider." })
  providerAccountId!: string

  @Field(() => String, { description: 'By which protocol it signs in, e.g. oidc.' })
  type!: string
}
