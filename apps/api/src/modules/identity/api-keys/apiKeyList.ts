import type { EntityManager } from '@mikro-orm/postgresql'
import type { Scope } from '@wellness/domain/scope'
import { toDate } from '../../../platform/database/timestamp.ts'

/** A key as its user sees it: no secret is in it. */
export interface PlainApiKey {
  id: string
  name: string
  hint: string
  scopes: Scope[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const SELECT =
  'select id, name, hint, scopes, created_at, expires_at, last_used_at from api_keys where user_id = ?'

/** The keys that act for a user. Those that expired stay a while, so that their user finds out why a script failed. */
export class ApiKeyList {
  /** The newest comes first. There are never more than one may have. */
  async read(em: EntityManager, userId: string): Promise<PlainApiKey[]> {
    return (await em.execute<ApiKeyRow[]>(`${SELECT} order by created_at desc, id desc`, [userId])).map(toKey)
  }

  /** Those of a user's keys that have these ids, in any order. */
  async findByIds(em: EntityManager, userId: string, ids: string[]): Promise<PlainApiKey[]> {
    return (await em.execute<ApiKeyRow[]>(`${SELECT} and id in (?)`, [userId, ids])).map(toKey)
  }
}

interface ApiKeyRow {
  id: string
  name: string
  hint: string
  scopes: Scope[]
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

function toKey({ id, name, hint, scopes, ...row }: ApiKeyRow): PlainApiKey {
  return {
    id,
    name,
    hint,
    scopes,
    createdAt: toDate(row.created_at),
    expiresAt: row.expires_at === null ? null : toDate(row.expires_at),
    lastUsedAt: row.last_used_at === null ? null : toDate(row.last_used_at),
  }
}
