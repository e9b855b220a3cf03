import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Person } from './harness.ts'

/** Gives a person keys that nobody knows the secret of, as many as there are names; those that expired did so yesterday. */
export async function addKeys(
  { email }: Person,
  names: string[],
  { areExpired = false }: { areExpired?: boolean } = {},
): Promise<void> {
  const client = new pg.Client(inject('product').databaseUrl)
  await client.connect()
  try {
    for (const name of names) {
      await client.query(
        `insert into api_keys (id, user_id, name, hint, secret_hash, scopes, created_at, expires_at)
         select $1, id, $2, 'wsk_Ab3dE9', $3, '{PROFILE_READ,SESSIONS_READ,SESSIONS_WRITE}',
           now() - interval '31 days', case when $4 then now() - interval '1 day' end
         from users where email = $5`,
        [randomUUID(), name, randomBytes(32), areExpired, email],
      )
    }
  } finally {
    await client.end()
  }
}
