import { createHash } from 'node:crypto'
import { publicId } from '@wellness/domain/publicId'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import type { Actor } from './actor.ts'
import type { Ledger } from './ledger.ts'
import type { SignUpLinks } from './signUpLinks.ts'

/** Rows of those who did nothing, by table: as text, to the bit. */
export type Untouched = Map<string, string[]>

interface Count {
  sure: number
  maybe: number
}

const TABLES_BY_USER = ['accounts', 'session_metadata', 'logins', 'security_events'] as const
const TABLES = new Set(['users', 'one_time_tokens', 'mikro_orm_migrations', ...TABLES_BY_USER])
const OPEN_LINKS_MAX = 3
const MAILS_MAX = 5

/** What belongs to users other than the given, and may not change. */
export async function readUntouched(database: Pool, actorIds: string[], since: Date): Promise<Untouched> {
  const rows: Untouched = new Map()
  const read = async (table: string, sql: string, values: unknown[]): Promise<void> => {
    const result = await database.query<{ row: string }>(
      `select t::text as row from ${table} t where ${sql} order by t::text`,
      values,
    )
    rows.set(
      table,
      result.rows.map(({ row }) => row),
    )
  }
  await read('users', 'id <> all($1) and created_at <= $2', [actorIds, since])
  for (const table of TABLES_BY_USER)
    await read(table, 'user_id <> all($1) and user_id in (select id from users where created_at <= $2)', [
      actorIds,
      since,
    ])
  await read('one_time_tokens', 'created_at <= $1', [since])
  return rows
}

/** Compares what is stored with what the accepted requests must have left. */
export class DataAudit {
  readonly #database: Pool
  readonly problems: string[] = []
  /** Rows that were compared one by one. */
  compared = 0

  constructor(database: Pool) {
    this.#database = database
  }

  expectUntouched(before: Untouched, after: Untouched): void {
    for (const [table, rows] of before) {
      const now = new Set(after.get(table))
      this.compared += rows.length
      const lost = rows.filter((row) => !now.has(row))
      if (lost.length > 0 || now.size !== rows.length)
        this.problems.push(
          `${table} of others: ${lost.length} of ${rows.length} rows changed or are gone, there are ${now.size}`,
        )
    }
  }

  /** What is not known here would not be compared. */
  async expectKnownTables(): Promise<void> {
    const { rows } = await this.#database.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    for (const { name } of rows)
      if (!TABLES.has(name)) this.problems.push(`the table ${name} is compared with nothing`)
  }

  /** Beats are in Redis alone for a while: they are of the actors' sessions. */
  async expectBeats(redis: Redis, actors: readonly Actor[]): Promise<void> {
    const ids = new Set(
      actors.flatMap(({ sessions }) => [...sessions.keys()].map((id) => publicId.parse('session', id))),
    )
    for (const key of await redis.keys('beats:*')) {
      for (const id of await redis.zrange(key, '0', '-1')) {
        this.compared += 1
        if (!ids.has(id)) this.problems.push(`session ${id} of others was kept alive`)
      }
    }
  }

  async expectActor(actor: Actor, before: Record<string, unknown>): Promise<void> {
    const userId = publicId.parse('user', actor.userId)
    const user = await this.readUser(userId)
    this.compared += 1
    for (const [column, value] of Object.entries(before)) {
      if (column === 'name' ? user[column] !== actor.name : column !== 'updated_at' && user[column] !== value)
        this.problems.push(`users.${column} of ${actor.email} is ${String(user[column])}`)
    }
    await this.#expectSessions(actor, userId)
    await this.#expectLogins(actor, userId)
  }

  async readUser(userId: string | null): Promise<Record<string, unknown>> {
    const { rows } = await this.#database.query<{ row: Record<string, unknown> }>(
      'select to_jsonb(u) as row from users u where id = $1',
      [userId],
    )
    return rows[0]?.row ?? {}
  }

  async #expectSessions(actor: Actor, userId: string | null): Promise<void> {
    const { rows } = await this.#database.query<{
      id: string
      started_at: Date
      ended_at: Date | null
      duration_seconds: number | null
      client_session_id: string | null
      time_zone: string
      status: string
    }>('select * from session_metadata where user_id = $1', [userId])
    this.compared += rows.length
    const stored = new Map(rows.map((row) => [publicId.from('session', row.id), row]))
    for (const [id, expected] of actor.sessions) {
      const row = stored.get(id)
      const found = row && [
        ...[
          row.started_at.toISOString(),
          row.ended_at?.toISOString() ?? null,
          row.duration_seconds,
          row.status,
          row.time_zone,
        ],
        expected.clientSessionId === undefined ? undefined : row.client_session_id,
      ]
      const wanted = [
        expected.startedAt,
        expected.endedAt,
        expected.durationSeconds,
        expected.status,
        expected.timeZone,
        expected.clientSessionId,
      ]
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        this.problems.push(
          `session ${id} of ${actor.email} is ${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`,
        )
    }
    for (const id of stored.keys())
      if (!actor.sessions.has(id))
        this.problems.push(`session ${id} of ${actor.email} was started by no request`)
  }

  async #expectLogins(actor: Actor, userId: string | null): Promise<void> {
    const { rows } = await this.#database.query<{ hash: string }>(
      "select encode(token_hash, 'hex') as hash from logins where user_id = $1",
      [userId],
    )
    this.compared += rows.length
    const hashes = new Set(rows.map(({ hash }) => hash))
    const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
    const lost = [...actor.liveTokens, actor.observer].filter((token) => !hashes.has(hashOf(token)))
    const kept = actor.endedTokens.filter((token) => hashes.has(hashOf(token)))
    if (lost.length > 0) this.problems.push(`${lost.length} logins of ${actor.email} ended unasked`)
    if (kept.length > 0) this.problems.push(`${kept.length} logins of ${actor.email} were to end and live on`)
    const more = rows.length - actor.liveTokens.size - 1 - actor.unseenLogins
    if (more < 0 || more > actor.signedIn.maybe)
      this.problems.push(`${actor.email} has ${more} logins more than were made`)
    const events = await this.#database.query<{ kind: string; count: number }>(
      'select kind, count(*)::int as count from security_events where user_id = $1 group by kind',
      [userId],
    )
    const count = (kind: string): number => events.rows.find((row) => row.kind === kind)?.count ?? 0
    this.#expectCount(`sign-ins of ${actor.email} in the events`, count('SIGNED_IN'), actor.signedIn)
    this.#expectCount(`sign-outs of ${actor.email} in the events`, count('SIGNED_OUT'), {
      sure: actor.signedOut,
      maybe: actor.signedIn.maybe,
    })
    this.#expectCount(`sign-ups of ${actor.email} in the events`, count('SIGNED_UP'), { sure: 1, maybe: 0 })
  }

  /** What belongs to nobody who was there before: new people, links, mails, jobs. */
  async expectOthers(ledger: Ledger, links: SignUpLinks, since: Date): Promise<void> {
    const created = await this.#database.query<{ email: string; name: string | null }>(
      'select email, name from users where created_at > $1',
      [since],
    )
    this.compared += created.rows.length
    const asText = (people: { email: string; name: string | null }[]): string[] =>
      people.map(({ email, name }) => JSON.stringify([email, name])).sort()
    if (asText(created.rows).join() !== asText(ledger.newPeople).join())
      this.problems.push(
        `new users are ${asText(created.rows).join(' ')} and not ${asText(ledger.newPeople).join(' ')}`,
      )

    const sessions = await this.#database.query<{ count: number }>(
      'select count(*)::int as count from session_metadata where user_id in (select id from users where created_at > $1)',
      [since],
    )
    if (sessions.rows[0]?.count !== 0) this.problems.push('new users have sessions, and none was asked for')

    const tokens = await this.#database.query<{ email: string; count: number }>(
      'select email, count(*)::int as count from one_time_tokens where created_at > $1 group by email',
      [since],
    )
    const issued = new Map(tokens.rows.map(({ email, count }) => [email, count]))
    const sent = new Map<string, number>()
    for (const { to } of await links.mails())
      for (const email of to) sent.set(email, (sent.get(email) ?? 0) + 1)
    const known = await this.#database.query<{ email: string }>('select email from users')
    const isKnown = new Set(known.rows.map(({ email }) => email))
    for (const [email, asked] of ledger.mails) {
      this.compared += 1
      // Who signed up meanwhile got links first, and then word of the account.
      const limits = { least: OPEN_LINKS_MAX, most: isKnown.has(email) ? MAILS_MAX : OPEN_LINKS_MAX }
      this.#expectCount(`mails to ${email}`, sent.get(email) ?? 0, asked, limits)
      if (!isKnown.has(email)) this.#expectCount(`links of ${email}`, issued.get(email) ?? 0, asked, limits)
    }
    for (const email of [...sent.keys(), ...issued.keys()])
      if (!ledger.mails.has(email)) this.problems.push(`mail to ${email}, for which nobody asked`)
    await this.#expectJobs(ledger)
  }

  async #expectJobs(ledger: Ledger): Promise<void> {
    const { rows } = await this.#database.query<{ key: string | null; task_identifier: string }>(
      'select key, task_identifier from graphile_worker.jobs',
    )
    this.compared += rows.length
    const failures = new Set<string>()
    for (const { key, task_identifier: task } of rows) {
      const email = key?.replace(/^[^:]*:/, '')
      if (email === undefined) this.problems.push(`a job ${task} is left over`)
      else if (!ledger.failedSignIns.has(email))
        this.problems.push(`a failed sign-in of ${email} is noted, and there was none`)
      else failures.add(email)
    }
    for (const [email, { sure }] of ledger.failedSignIns)
      if (sure > 0 && !failures.has(email)) this.problems.push(`the failed sign-in of ${email} is not noted`)
  }

  #expectCount(
    what: string,
    count: number,
    { sure, maybe }: Count,
    limits = { least: Infinity, most: Infinity },
  ): void {
    const [least, most] = [Math.min(sure, limits.least), Math.min(sure + maybe, limits.most)]
    if (count < least || count > most)
      this.problems.push(`${what}: ${count}, and not ${least === most ? least : `${least} to ${most}`}`)
  }
}
