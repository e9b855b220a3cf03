import { createHash } from 'node:crypto'
import type { Client } from 'pg'

export const USERS = 10_000
export const SESSIONS = 1_000_000
/** Of the first user, whose history is paged deep. */
export const SESSIONS_OF_FIRST = 20_000
/** The second half of the users has a live session each. */
export const FIRST_LIVE_USER = USERS / 2

/** The token that signs in the user of this number. */
export function tokenOf(user: number): string {
  return createHash('sha256').update(`bench ${user}`).digest('base64url')
}

export function emailOf(user: number): string {
  return `user-${user}@example.com`
}

/** 10,000 users with a login each, 1,000,000 sessions, and a live one for every second user. */
export async function seedBench(client: Client, passwordHash: string): Promise<void> {
  // The limit of the product's own statements is not for a million rows.
  await client.query('set statement_timeout = 0')
  await client.query(
    `insert into users (id, name, email, email_verified, password_hash)
    select uuidv7(), 'User ' || n, 'user-' || n || '@example.com', now(), $1 from generate_series(0, $2 - 1) n`,
    [passwordHash, USERS],
  )
  const hashes = Array.from({ length: USERS }, (_, user) =>
    createHash('sha256').update(tokenOf(user)).digest(),
  )
  await client.query(
    `insert into logins (id, user_id, token_hash, auth_epoch, created_at, last_seen_at, expires_at)
    select uuidv7(), u.id, t.hash, 0, now(), now(), now() + interval '30 days'
    from unnest($1::bytea[]) with ordinality t (hash, n) join users u on u.email = 'user-' || (n - 1) || '@example.com'`,
    [hashes],
  )
  await client.query(
    `insert into session_metadata (id, user_id, started_at, ended_at, duration_seconds, last_seen_at, time_zone, status)
    select uuidv7(age), u.id, now() + age, now() + age + interval '10 minutes', 600, now() + age + interval '10 minutes',
      'Europe/Stockholm', 'COMPLETED'
    from users u
    cross join lateral generate_series(1, case when u.email = 'user-0@example.com' then $1::int else $2::int end) n
    cross join lateral (select interval '-1 hour' - n * interval '20 minutes' as age) a`,
    [SESSIONS_OF_FIRST, Math.floor((SESSIONS - SESSIONS_OF_FIRST) / (USERS - 1))],
  )
  await client.query(
    `insert into session_metadata (id, user_id, started_at, last_seen_at, time_zone, status)
    select uuidv7(), u.id, now(), now(), 'Europe/Stockholm', 'RUNNING'
    from generate_series($1::int, $2::int - 1) n join users u on u.email = 'user-' || n || '@example.com'`,
    [FIRST_LIVE_USER, USERS],
  )
  await client.query('vacuum analyze')
}
