import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('ConfirmIdentityInput', {
  description: 'Exactly one way of proof; passkeys and linked providers are further ones.',
})
export class ConfirmIdentityInput {
  @Field(() => String, { nullable: true, description: 'The password of who is signed in.' })
  password?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'A code of an authenticator app. Nobody has one yet: it is answered with INVALID_CODE.',
  })
  code?: string | null
}

const ONE = 'Enter your password or a code, and not both.'

/** Text in a field is a proof that was given, even an empty one; null is none. */
export const confirmIdentityInput = z
  .object({
    password: z.string().min(1, 'Enter your password.').nullish(),
    code: z.string().min(1, 'Enter the code.').nullish(),
  })
  .superRefine(({ password, code }, { addIssue }) => {
    if ((password == null) !== (code == null)) return
    for (const field of ['password', 'code']) addIssue({ code: 'custom', path: [field], message: ONE })
  })
