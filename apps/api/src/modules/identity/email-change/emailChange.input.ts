import { emailAddress } from '@wellness/domain/emailAddress'
import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('RequestEmailChangeInput', { description: 'Which address is wanted.' })
export class RequestEmailChangeInput {
  @Field(() => String, { description: 'The new address, where the link is sent to.' })
  newEmail!: string
}

@InputType('ConfirmEmailChangeInput', { description: 'What shows that the new address is theirs.' })
export class ConfirmEmailChangeInput {
  @Field(() => String, {
    description: 'The token parameter of the link that requestEmailChange sent. Works once.',
  })
  token!: string
}

export const requestEmailChangeInput = z.object({ newEmail: emailAddress })

export const confirmEmailChangeInput = z.object({ token: z.string() })
