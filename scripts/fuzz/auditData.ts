import { isDeepStrictEqual } from 'node:util'
import { publicId } from '@wellness/domain/publicId'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import { readAccount } from './account.ts'
import type { Actor } from './actor.ts'
import type { Count, Ledger } from './ledger.ts'
import { mailKinds } from './mailKinds.ts'
import type { MailedLinks } from './mailedLinks.ts'

/** Rows of those who did nothing, by table: as text, to the bit. */
export type Untouched = Map<string, string[]>

const TABLES_BY_USER = ['accounts', 'api_keys', 'session_metadata', 'logins', 'security_events'] as const
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
    await read(
      table,
      `user_id <> all($1) and user_id in (select id from users where created_at <= $2)
      ${table === 'security_events' ? `and kind not in ('PASSWORD_RESET_REQUESTED', 'SIGN_IN_FAILED')` : ''}`,
      [actorIds, since],
    )
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

  async expectActor(actor: Actor): Promise<void> {
    const account = await readAccount(this.#database, actor.storedId)
    this.compared += 1 + (account?.logins.size ?? 0)
    if (!isDeepStrictEqual(account, actor.account))
      this.problems.push(`the account of ${actor.email} was changed by no request`)
    const { rows } = await this.#database.query<{ name: string | null }>(
      'select name from users where id = $1',
      [actor.storedId],
    )
    if (rows[0]?.name !== actor.name)
      this.problems.push(`the name of ${actor.email} was changed by no request`)
    await this.#expectSessions(actor, actor.storedId)
  }

  /** Of who was deleted nothing is left. */
  async expectGone(actorIds: string[]): Promise<void> {
    for (const table of [...TABLES_BY_USER, 'one_time_tokens']) {
      const { rows } = await this.#database.query<{ count: number }>(
        `select count(*)::int as count from ${table} t where user_id = any($1)
        and not exists (select 1 from users where id = t.user_id)`,
        [actorIds],
      )
      if (rows[0]?.count !== 0) this.problems.push(`${table} has rows of users who were deleted`)
    }
  }

  async #expectSessions(actor: Actor, userId: string): Promise<void> {
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

  /** What belongs to nobody who was there before: new people, links, mails, jobs. */
  async expectOthers(ledger: Ledger, links: MailedLinks, actorIds: string[], since: Date): Promise<void> {
    const created = await this.#database.query<{ email: string; name: string | null }>(
      'select email, name from users where created_at > $1 and id <> all($2)',
      [since, actorIds],
    )
    this.compared += created.rows.length
    const asText = (people: { email: string; name: string | null }[]): string[] =>
      people.map(({ email, name }) => JSON.stringify([email, name])).sort()
    if (asText(created.rows).join() !== asText(ledger.newPeople).join())
      this.problems.push(
        `new users are ${asText(created.rows).join(' ')} and not ${asText(ledger.newPeople).join(' ')}`,
      )

    const sessions = await this.#database.query<{ count: number }>(
      `select count(*)::int as count from session_metadata
      where user_id in (select id from users where created_at > $1 and id <> all($2))`,
      [since, actorIds],
    )
    if (sessions.rows[0]?.count !== 0) this.problems.push('new users have sessions, and none was asked for')
    await this.#expectMails(ledger, links)
    await this.#expectNoJobs()
  }

  /** Whose password was tried was told of it, and nobody else. */
  async expectFailuresTold(ledger: Ledger, actors: readonly Actor[]): Promise<void> {
    const { rows } = await this.#database.query<{ id: string; email: string; told: boolean }>(
      `select id, email, exists (select 1 from security_events
        where user_id = u.id and kind = 'SIGN_IN_FAILED') as told from users u`,
    )
    const addressesOf = new Map(actors.map(({ storedId, addresses }) => [storedId, addresses]))
    const isNew = new Set(ledger.newPeople.map(({ email }) => email))
    for (const { id, email, told } of rows) {
      this.compared += 1
      const addresses = addressesOf.get(id) ?? [email]
      if (told && !addresses.some((address) => ledger.failedSignIns.has(address)))
        this.problems.push(`a failed sign-in of ${email} is told, and there was none`)
      // A try before the address was theirs is nothing that they are told of.
      const isOwner = addresses.length === 1 && !isNew.has(email)
      if (!told && isOwner && (ledger.failedSignIns.get(email)?.sure ?? 0) > 0)
        this.problems.push(`the failed sign-in of ${email} is not told`)
    }
  }

  async #expectMails(ledger: Ledger, links: MailedLinks): Promise<void> {
    const sent = new Map<string, number>()
    for (const { subject, to } of links.mails)
      for (const email of to) {
        const key = `${mailKinds[subject] ?? subject} ${email}`
        sent.set(key, (sent.get(key) ?? 0) + 1)
      }
    const { rows } = await this.#database.query<{ email: string }>('select email from users')
    const isKnown = new Set(rows.map(({ email }) => email))
    for (const [key, asked] of ledger.mails) {
      this.compared += 1
      const [kind = '', email = ''] = split(key)
      const isOpen = ledger.left.has(email) || ledger.deleted.has(email)
      const isStrange = kind === 'SIGN_UP' && !isKnown.has(email) && !isOpen
      const hasLinks = kind === 'SIGN_UP' || kind === 'PASSWORD_RESET'
      // Who signed up meanwhile got links first, and then word of the account. What the owner is owed is not counted.
      const most = isStrange ? OPEN_LINKS_MAX : kind === 'PASSWORD_RESET' ? Infinity : MAILS_MAX
      const least = isOpen ? 0 : hasLinks ? OPEN_LINKS_MAX : MAILS_MAX
      const limits = { least, most: ledger.deleted.has(email) ? Infinity : most }
      this.#expectCount(`mails to ${key}`, sent.get(key) ?? 0, asked, limits)
    }
    for (const key of sent.keys())
      if (!ledger.mails.has(key)) this.problems.push(`mail to ${key}, for which nobody asked`)
  }

  /** What is left of who was deleted is done later, when no request of theirs can run any more. */
  async #expectNoJobs(): Promise<void> {
    const { rows } = await this.#database.query<{ task_identifier: string }>(
      "select task_identifier from graphile_worker.jobs where task_identifier <> 'eraseUser'",
    )
    this.compared += rows.length
    for (const { task_identifier: task } of rows) this.problems.push(`a job ${task} is left over`)
  }

  #expectCount(
    what: string,
    count: number,
    { sure, maybe }: Count,
    limits: { least: number; most: number },
  ): void {
    const [least, most] = [Math.min(sure, limits.least), Math.min(sure + maybe, limits.most)]
    if (count < least || count > most)
      this.problems.push(`${what}: ${count}, and not ${least === most ? least : `${least} to ${most}`}`)
  }
}

/** An address may have blanks itself. */
function split(key: string): string[] {
  const at = key.indexOf(' ')
  return [key.slice(0, at), key.slice(at + 1)]
}
