import type { Client } from 'pg'
import type { Credential } from './benchRequests.ts'
import { tokenOf } from './seedBench.ts'

const CREATE =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret userErrors { code } } }'
const scopes = ['PROFILE_READ', 'SESSIONS_READ', 'SESSIONS_WRITE']

/** An API key with all scopes for each of the users, made by the API itself. */
export async function makeKeys(port: number, database: Client, users: number[]): Promise<Credential> {
  // A key is made by who has just proved who they are.
  await database.query('update logins set confirmed_at = now()')
  const secrets = new Map<number, string>()
  for (const user of users) {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(user)}` },
      body: JSON.stringify({ query: CREATE, variables: { input: { name: 'Bench', scopes } } }),
    })
    const { data } = (await response.json()) as { data: { createApiKey: { secret: string | null } } }
    if (!data.createApiKey.secret) throw new Error(`No key: ${JSON.stringify(data)}`)
    secrets.set(user, data.createApiKey.secret)
  }
  return (user) => ({ authorization: `Bearer ${secrets.get(user) ?? ''}` })
}
