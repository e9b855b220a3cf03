import type { Pool } from 'pg'

/** What is stored of somebody's way in, as far as requests change it. */
export interface Account {
  email: string
  passwordHash: string | null
  authEpoch: number
  /** Ids of the logins, by the hash of their token. */
  logins: Map<string, string>
  /** How many of each kind; those that a job writes, at a time of its own, are left out. */
  events: Record<string, number>
  /** Of providers. */
  linked: string[]
  /** Ids of API keys. */
  keys: string[]
}

interface AccountRow {
  email: string
  password_hash: string | null
  auth_epoch: number
  logins: Record<string, string> | null
  events: Record<string, number> | null
  linked: string[] | null
  keys: string[] | null
}

const READ = `
select u.email, u.password_hash, u.auth_epoch,
  (select json_object_agg(encode(token_hash, 'hex'), id) from logins where user_id = u.id) as logins,
  (select json_object_agg(kind, count) from (select kind, count(*)::int from security_events
    where user_id = u.id and kind not in ('PASSWORD_RESET_REQUESTED', 'SIGN_IN_FAILED') group by kind) e) as events,
  (select json_agg(provider || ' ' || provider_account_id order by 1) from accounts where user_id = u.id) as linked,
  (select json_agg(id order by id) from api_keys where user_id = u.id) as keys
from users u where u.id = $1`

/** Null for who is gone. */
export async function readAccount(database: Pool, userId: string | null): Promise<Account | null> {
  const { rows } = await database.query<AccountRow>(READ, [userId])
  const [row] = rows
  return row
    ? {
        email: row.email,
        passwordHash: row.password_hash,
        authEpoch: row.auth_epoch,
        logins: new Map(Object.entries(row.logins ?? {})),
        events: row.events ?? {},
        linked: row.linked ?? [],
        keys: row.keys ?? [],
      }
    : null
}
