import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { type Scope, scopes as allScopes } from '@wellness/domain/scope'
import { apiKeySecret } from '../modules/identity/api-keys/apiKeySecret.ts'
import type { TestApi } from './createTestApi.ts'
import type { TestUser } from './createUser.ts'

export interface TestApiKey {
  /** As GraphQL shows it. */
  id: string
  uuid: string
  /** What a request sends as its bearer token. */
  token: string
}

/** An API key of a user, written straight into the table; with every scope unless told. */
export async function createApiKey(
  api: TestApi,
  { userId }: Pick<TestUser, 'userId'>,
  {
    scopes = Object.keys(allScopes) as Scope[],
    expiresAt = null,
    name = 'nightly export',
  }: { scopes?: Scope[]; expiresAt?: Date | null; name?: string } = {},
): Promise<TestApiKey> {
  const uuid = newId()
  const { secret, hash, hint } = apiKeySecret.make()
  await api.sql(
    `insert into api_keys (id, user_id, name, hint, secret_hash, scopes, created_at, expires_at)
    values (?, ?, ?, ?, ?, string_to_array(?, ','), ?, ?)`,
    [uuid, userId, name, hint, hash, scopes.join(','), api.clock.now(), expiresAt],
  )
  return { id: publicId.from('key', uuid), uuid, token: secret }
}
