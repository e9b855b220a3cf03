import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { ForKeys } from '../../../platform/graphql/key-access/forKeys.ts'
import type { IdentityContext } from '../identity.context.ts'
import { requireLogin } from '../logins/requireLogin.ts'
import { UserType } from '../users/user.type.ts'
import { ApiKeyType } from './apiKey.type.ts'

/** One read a request, however often a document comes back to the user. */
const keysOf = new WeakMap<UserType, Promise<ApiKeyType[]>>()

@Resolver(() => UserType)
export class UserApiKeysResolver {
  @ForKeys('NONE')
  @FieldResolver(() => [ApiKeyType], {
    description: 'The keys that act for this person, the newest first; only one’s own.',
  })
  apiKeys(@Root() user: UserType, @Ctx() context: IdentityContext): Promise<ApiKeyType[]> {
    const read = keysOf.get(user) ?? readKeys(user, context)
    keysOf.set(user, read)
    return read
  }
}

async function readKeys(user: UserType, context: IdentityContext): Promise<ApiKeyType[]> {
  requireLogin(context)
  return (await context.identity.apiKeyList.read(context.em, user.uuid)).map((key) => ApiKeyType.from(key))
}
