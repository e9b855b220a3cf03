import { emailAddress } from '@wellness/domain/emailAddress'
import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('RequestPasswordResetInput', { description: 'Who forgot their password.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The address that the person signs in with, in any spelling.' })
  email!: string
}

@InputType('ResetPasswordInput', { description: 'A new password, and what allows to set it.' })
export class ResetPasswordInput {
  @Field(() => String, {
    description: 'The token parameter of the link that requestPasswordReset sent. Works once.',
  })
  token!: string

  @Field(() => String, { description: 'The new password, under the same rules as at the sign-up.' })
  password!: string
}

export const requestPasswordResetInput = z.object({ email: emailAddress })

export const resetPasswordInput = z.object({ token: z.string(), password: z.string() })
