import { Ctx, Query, Resolver } from 'type-graphql'
import { ForKeys } from '../key-access/forKeys.ts'
import type { RequestContext } from '../requestContext.ts'
import { RateLimitType } from './rateLimit.type.ts'

@Resolver()
export class RateLimitResolver {
  @ForKeys('ANY')
  @Query(() => RateLimitType, {
    description:
      'What this request cost and what is left, as of the moment when it was charged. The same stands in the headers and the extensions of every answer.',
  })
  rateLimit(@Ctx() { operation }: RequestContext): RateLimitType {
    const state = operation.budget?.state
    if (!state) throw new Error('This operation was not charged')
    return state
  }
}
