import { Field, InputType } from 'type-graphql'

@InputType('UnlinkAccountInput', { description: 'Which account of a sign-in provider is unlinked.' })
export class UnlinkAccountInput {
  @Field(() => String, { description: 'As Account.provider.' })
  provider!: string

  @Field(() => String, { description: 'As Account.providerAccountId.' })
  providerAccountId!: string
}
