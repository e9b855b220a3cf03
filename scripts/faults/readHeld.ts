import type { MailboxMessage } from '@wellness/embedded/mailboxMessage'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import type { Held, Watched } from './held.ts'
import { readSessions } from './readSessions.ts'

export interface HeldParts {
  database: pg.Pool
  redis: Redis
  watched: Watched
  messages: MailboxMessage[]
  /** What the processes have logged. */
  logs: string
}

const MAIL_JOB = 'sendSignUpMail'

/** Reads what the stores, the mailbox and the logs hold in the end. */
export async function readHeld({ database, redis, watched, messages, logs }: HeldParts): Promise<Held> {
  const keys = await redis.keys('session:*')
  const liveStates = await Promise.all(
    keys.map(async (key) => ({ sessionId: inBraces(key), ttlSeconds: await redis.ttl(key) })),
  )
  const beats: Held['beats'] = []
  for (const key of await redis.keys('beats:*')) {
    const flat = await redis.zrange(key, 0, '-1', 'WITHSCORES')
    for (let i = 0; i + 1 < flat.length; i += 2)
      beats.push({ sessionId: flat[i] ?? '', at: Number(flat[i + 1]) })
  }
  return {
    readAt: Date.now(),
    sessions: await readSessions(database),
    watched,
    liveStates,
    beats,
    mails: messages.flatMap(({ to, receivedAt }) =>
      to.map((email) => ({ email, receivedAt: receivedAt.getTime() })),
    ),
    jobs: await readJobs(database),
    withoutRedisAt: records(logs, 'went on without Redis').map(({ time }) => Date.parse(time)),
    givenUp: new Set(records(logs, 'the sign-up mail is given up').map(({ requestId }) => requestId)),
  }
}

async function readJobs(database: pg.Pool): Promise<Held['jobs']> {
  const { rows } = await database.query<{ email: string; failed: boolean; locked: boolean }>(
    `select j.payload ->> 'email' as email, j.attempts >= j.max_attempts as failed, j.locked_at is not null as locked
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = $1`,
    [MAIL_JOB],
  )
  return rows.map(({ email, failed, locked }) => ({ email, isFailed: failed, isLocked: locked }))
}

function records(logs: string, message: string): { time: string; requestId: string }[] {
  return logs
    .split('\n')
    .filter((line) => line.includes(message))
    .map((line) => JSON.parse(line) as { time: string; requestId: string })
}

function inBraces(key: string): string {
  return key.slice(key.indexOf('{') + 1, key.indexOf('}'))
}
