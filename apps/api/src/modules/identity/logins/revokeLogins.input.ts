import { Field, ID, InputType } from 'type-graphql'

@InputType('RevokeLoginInput', { description: 'Which login ends.' })
export class RevokeLoginInput {
  @Field(() => ID, { description: 'As User.logins gave it.' })
  id!: string
}
