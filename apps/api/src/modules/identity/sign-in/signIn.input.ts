import { emailAddress } from '@wellness/domain/emailAddress'
import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('SignInInput', { description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The address that the person signed up with, in any spelling.' })
  email!: string

  @Field(() => String, { description: 'The password that goes with it.' })
  password!: string

  @Field(() => String, {
    nullable: true,
    description: 'The deviceToken of an earlier answer, if this device has one. Any other text is like none.',
  })
  deviceToken?: string | null
}

export const signInInput = z.object({
  email: emailAddress,
  password: z.string().min(1, 'Enter your password.'),
  deviceToken: z
    .string()
    .nullish()
    .transform((token) => token ?? null),
})
