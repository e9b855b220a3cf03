import { FieldResolver, Int, Resolver } from 'type-graphql'
import { UserType } from '../users/user.type.ts'
import { SecondFactorType } from './secondFactor.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

/** What a person has set up beside the password: nothing, as long as nothing can be set up. */
@Resolver(() => UserType)
export class UserSecondFactorsResolver {
  @ForKeys('NONE')
  @FieldResolver(() => [SecondFactorType], {
    description: 'Authenticator apps and passkeys of this person; only one’s own.',
  })
  secondFactors(): SecondFactorType[] {
    return []
  }

  @ForKeys('NONE')
  @FieldResolver(() => Int, { description: 'How many recovery codes are left.' })
  recoveryCodesLeft(): number {
    return 0
  }
}
