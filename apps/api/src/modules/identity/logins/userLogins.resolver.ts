import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { IdentityContext } from '../identity.context.ts'
import { UserType } from '../users/user.type.ts'
import { LoginType } from './login.type.ts'
import { requireLogin } from './requireLogin.ts'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'

/** One read a request, however often a document comes back to the user. */
const loginsOf = new WeakMap<UserType, Promise<LoginType[]>>()

@Resolver(() => UserType)
export class UserLoginsResolver {
  @ForKeys('NONE')
  @FieldResolver(() => [LoginType], {
    description: 'Where this person is signed in. The one that was used last comes first; only one’s own.',
  })
  logins(@Root() user: UserType, @Ctx() context: IdentityContext): Promise<LoginType[]> {
    const read = loginsOf.get(user) ?? readLogins(user, context)
    loginsOf.set(user, read)
    return read
  }
}

async function readLogins(user: UserType, context: IdentityContext): Promise<LoginType[]> {
  const viewer = requireLogin(context)
  const logins = await context.identity.loginList.read(context.em, user.uuid)
  return logins.map((login) => LoginType.from(login, viewer))
}
