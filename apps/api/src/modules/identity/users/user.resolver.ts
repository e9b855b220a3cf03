import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { AccountType } from '../accounts/account.type.ts'
import type { IdentityContext } from '../identity.context.ts'
import { refuseApiKey } from '../logins/refuseApiKey.ts'
import { UserType } from './user.type.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

/** One read a request, however often a document comes back to the user, as from every session of a page. */
const accountsOf = new WeakMap<UserType, Promise<AccountType[]>>()
const passwordOf = new WeakMap<UserType, Promise<boolean>>()

@Resolver(() => UserType)
export class UserResolver {
  @ForKeys('ANY')
  @Query(() => UserType, {
    nullable: true,
    description:
      'The person the request acts for; null when it carries no credential. An invalid credential is refused with HTTP 401.',
  })
  me(@Ctx() { viewer }: IdentityContext): UserType | null {
    return viewer && UserType.from(viewer.user)
  }

  @ForKeys('NONE')
  @FieldResolver(() => [AccountType], { description: 'Sign-in providers linked to this user.' })
  accounts(@Root() user: UserType, @Ctx() context: IdentityContext): Promise<AccountType[]> {
    refuseApiKey(context)
    const read =
      accountsOf.get(user) ??
      context.em.execute<AccountType[]>(
        'select provider, provider_account_id as "providerAccountId", type from accounts where user_id = ? order by provider, provider_account_id',
        [user.uuid],
      )
    accountsOf.set(user, read)
    return read
  }

  @ForKeys('NONE')
  @FieldResolver(() => Boolean, {
    description: 'False for a user who signs in through a linked provider only.',
  })
  hasPassword(@Root() user: UserType, @Ctx() context: IdentityContext): Promise<boolean> {
    refuseApiKey(context)
    const { em, identity } = context
    const read = passwordOf.get(user) ?? identity.users.hasPassword(em, user.uuid)
    passwordOf.set(user, read)
    return read
  }
}
