import { Field, InputType } from 'type-graphql'
import { z } from 'zod'

@InputType('ReportNotMeInput', { description: 'Which notice told of something that was not the person.' })
export class ReportNotMeInput {
  @Field(() => String, {
    description: 'The token parameter of the link in the notice. Works once, for seven days.',
  })
  token!: string
}

export const reportNotMeInput = z.object({ token: z.string() })
