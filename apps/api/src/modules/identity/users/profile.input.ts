import { personName } from '@wellness/domain/personName'
import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('UpdateProfileInput', {
  description: 'What changes. A field that is left out stays as it is, and null clears it.',
})
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'What the person wants to be called.' })
  name?: string | null
}

export const updateProfileInput = z.object({
  // A name of blanks alone is none.
  name: personName
    .transform((name) => name || null)
    .nullable()
    .optional(),
})
