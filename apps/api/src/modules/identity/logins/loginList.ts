import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import { toDate } from '../../../platform/database/timestamp.ts'
import { LOGIN_IDLE_MS } from './login.repository.ts'

/** A login as its person sees it. */
export interface PlainLogin {
  id: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
}

/** Those that still sign their person in: the same conditions as in the query "who is this". */
const SELECT = `
  select l.id, l.created_at, l.last_seen_at, l.expires_at, l.ip_address, l.user_agent
  from logins l
  join users u on u.id = l.user_id and u.auth_epoch = l.auth_epoch and u.disabled_at is null
  where l.user_id = ? and l.expires_at > ? and l.last_seen_at > ?`

/** Where a person is signed in. */
export class LoginList {
  readonly #clock: Clock

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  /** The one that was used last comes first. */
  async read(em: EntityManager, userId: string): Promise<PlainLogin[]> {
    return this.#select(em, userId, 'order by l.last_seen_at desc, l.id desc')
  }

  /** Those of a user's logins that have these ids, in their order; null for the others. */
  async findByIds(em: EntityManager, userId: string, ids: string[]): Promise<(PlainLogin | null)[]> {
    const found = await this.#select(em, userId, 'and l.id in (?)', [ids])
    return ids.map((id) => found.find((login) => login.id === id) ?? null)
  }

  async #select(
    em: EntityManager,
    userId: string,
    rest: string,
    values: unknown[] = [],
  ): Promise<PlainLogin[]> {
    const now = this.#clock.now()
    const idleSince = new Date(now.getTime() - LOGIN_IDLE_MS)
    const rows = await em.execute<LoginRow[]>(`${SELECT} ${rest}`, [userId, now, idleSince, ...values])
    return rows.map((row) => ({
      id: row.id,
      createdAt: toDate(row.created_at),
      lastSeenAt: toDate(row.last_seen_at),
      expiresAt: toDate(row.expires_at),
      ipAddress: row.ip_address,
      userAgent: row.user_agent,
    }))
  }
}

interface LoginRow {
  id: string
  created_at: string
  last_seen_at: string
  expires_at: string
  ip_address: string | null
  user_agent: string | null
}
