import { Field, Int, ObjectType } from 'type-graphql'
import { ForKeys } from '../key-access/forKeys.ts'
import { DateTimeScalar } from '../scalars/dateTime.scalar.ts'

@ObjectType('RateLimit', {
  simpleResolvers: true,
  description: 'The budget of the credential this request was made with.',
})
export class RateLimitType {
  @ForKeys('ANY')
  @Field(() => Int, { description: 'Points a full bucket holds.' })
  limit!: number

  @ForKeys('ANY')
  @Field(() => Int, { description: 'Points this request was charged.' })
  cost!: number

  @ForKeys('ANY')
  @Field(() => Int, { description: 'Points that are left, this request paid.' })
  remaining!: number

  @ForKeys('ANY')
  @Field(() => DateTimeScalar, {
    description: 'When the bucket is full again if nothing more is asked.',
  })
  resetAt!: Date
}
