import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('ChangePasswordInput', { description: 'The old password and the new one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password as it is now, which is the proof.' })
  currentPassword!: string

  @Field(() => String, {
    description: 'The new one, under the same rules as at the sign-up, and another than the one before.',
  })
  newPassword!: string
}

export const changePasswordInput = z.object({
  currentPassword: z.string().min(1, 'Enter your current password.'),
  newPassword: z.string(),
})
