import { Field, ID, InputType } from 'type-graphql'

@InputType('RevokeLoginsInput', { description: 'What ends beside logins.' })
export class RevokeLoginsInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether all API keys of the viewer are revoked as well.',
  })
  revokeApiKeys!: boolean
}

@InputType('RevokeLoginInput', { description: 'Which login ends.' })
export class RevokeLoginInput {
  @Field(() => ID, { description: 'As User.logins gave it.' })
  id!: string
}
