import { emailAddress } from '@wellness/domain/emailAddress'
import { personName } from '@wellness/domain/personName'
import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('RequestSignUpInput', { description: 'Who wants to sign up.' })
export class RequestSignUpInput {
  @Field(() => String, { description: 'Where the link is to be sent; also what one signs in with later.' })
  email!: string
}

@InputType('CompleteSignUpInput', { description: 'What makes a user of who holds a sign-up link.' })
export class CompleteSignUpInput {
  @Field(() => String, {
    description: 'The token parameter of the link that requestSignUp sent. Works once.',
  })
  token!: string

  @Field(() => String, {
    description:
      'The password to sign in with: 15 to 128 characters of any kind, and none that attackers would try.',
  })
  password!: string

  @Field(() => String, { nullable: true, description: 'What the person wants to be called, if anything.' })
  name?: string | null
}

export const requestSignUpInput = z.object({ email: emailAddress })

export const completeSignUpInput = z.object({
  token: z.string(),
  password: z.string(),
  name: personName.nullish().transform((name) => name || null),
})
