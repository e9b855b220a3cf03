import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { parseInput } from '../../../platform/graphql/parseInput.ts'
import { withUserErrors } from '../../../platform/graphql/withUserErrors.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { UpdateProfileInput, updateProfileInput } from './profile.input.ts'
import { UpdateProfilePayload } from './profile.type.ts'
import { UserType } from './user.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

@Resolver()
export class ProfileResolver {
  @ForKeys('NONE')
  @Mutation(() => UpdateProfilePayload, {
    description: 'Changes what the person wants others to see of them. Needs a login.',
  })
  updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What changes.' }) input: UpdateProfileInput,
    @Ctx() context: IdentityContext,
  ): Promise<UpdateProfilePayload> {
    const { em, identity } = context
    const { user: current } = requireLogin(context)
    return withUserErrors<Omit<UpdateProfilePayload, 'userErrors'>>({ user: null }, async () => {
      const change = parseInput(updateProfileInput, input)
      return { user: UserType.from(await identity.profiles.update(em, current, change)) }
    })
  }
}
