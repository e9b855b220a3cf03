import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { PasswordHasher } from '../modules/identity/passwords/passwordHasher.ts'
import { demoSessions } from './demoSessions.ts'

export interface DemoUserOptions {
  email: string
  password: string
  timeZone: string
  /** How far that zone is ahead of UTC now. */
  timeZoneOffsetMs: number
  now: Date
}

/** Makes a user with ninety days of sessions, once: an address that has a user is left as it is. */
export async function makeDemoUser(
  em: EntityManager,
  hasher: PasswordHasher,
  { email, password, timeZone, timeZoneOffsetMs, now }: DemoUserOptions,
): Promise<void> {
  const [known] = await em.execute<object[]>('select 1 from users where email = ?', [email])
  if (known) return
  const userId = newId()
  const passwordHash = await hasher.hash(password)
  const sessions = demoSessions(now, timeZoneOffsetMs)
  const since = sessions[0]?.startedAt ?? now

  await em.transactional(async (tx) => {
    await tx.execute(
      `insert into users (id, email, email_verified, name, password_hash, created_at, updated_at)
      values (?, ?, ?, 'Robin', ?, ?, ?)`,
      [userId, email, since, passwordHash, since, since],
    )
    await tx.execute(
      `insert into session_metadata (id, user_id, started_at, ended_at, last_seen_at, duration_seconds, time_zone, status)
      select s.id, ?, s.started_at, s.ended_at, s.ended_at, floor(extract(epoch from s.ended_at - s.started_at)), ?, s.status
      from unnest(array[?]::uuid[], array[?]::timestamptz[], array[?]::timestamptz[], array[?]::text[])
        as s (id, started_at, ended_at, status)`,
      [
        userId,
        timeZone,
        sessions.map(() => newId()),
        sessions.map(({ startedAt }) => startedAt),
        sessions.map(({ endedAt }) => endedAt),
        sessions.map(({ status }) => status),
      ],
    )
  })
}
