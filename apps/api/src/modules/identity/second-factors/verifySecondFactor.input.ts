import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('VerifySecondFactorInput', { description: 'The second step of a sign-in.' })
export class VerifySecondFactorInput {
  @Field(() => String, { description: 'As signIn gave it: secondFactorTicket.' })
  ticket!: string

  @Field(() => String, { description: 'A code of an authenticator app, or a recovery code.' })
  code!: string
}

/** Far more than any ticket or code has, and far less than would cost anything to look up. */
const MAX_LENGTH = 200

export const verifySecondFactorInput = z.object({
  ticket: z.string().max(MAX_LENGTH, 'This is no ticket of a sign-in.'),
  code: z.string().trim().min(1, 'Enter the code.').max(MAX_LENGTH, 'A code is shorter than this.'),
})
