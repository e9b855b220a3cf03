import { newId } from '@wellness/domain/newId'
import { LOGIN_ABSOLUTE_MS } from '../modules/identity/logins/login.repository.ts'
import { opaqueToken } from '../platform/crypto/opaqueToken.ts'
import type { TestApi } from './createTestApi.ts'

export interface TestUser {
  /** The row's own id; `publicId.from('user', userId)` is what GraphQL shows. */
  userId: string
  email: string
  /** Of a login that is as new as the test's clock. */
  token: string
}

/**
 * A user who is signed in, written straight into the tables: a test that is not about signing in pays for no password.
 * It has none, so that nobody can sign in as this user in another way.
 */
export async function createUser(
  api: TestApi,
  { email = `person-${newId()}@example.com`, name = null }: { email?: string; name?: string | null } = {},
): Promise<TestUser> {
  const userId = newId()
  const now = api.clock.now()
  const { token, hash } = opaqueToken.make()
  await api.sql(
    `with new_user as (
      insert into users (id, email, name, email_verified, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
      returning id, auth_epoch)
    insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, expires_at)
    select ?, id, ?, auth_epoch, ?, ?, ? from new_user`,
    [
      userId,
      email,
      name,
      now,
      now,
      now,
      newId(),
      hash,
      now,
      now,
      new Date(now.getTime() + LOGIN_ABSOLUTE_MS),
    ],
  )
  return { userId, email, token }
}
