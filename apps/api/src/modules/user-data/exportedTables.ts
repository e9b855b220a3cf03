import { type PublicIdPrefix, publicId } from '@wellness/domain/publicId'
import type { Bind } from '../../platform/database/readKeysetPage.ts'
import { toDate } from '../../platform/database/timestamp.ts'

/** Whose data it is. */
export interface DataOwner {
  userId: string
  email: string
}

/** What stands in the file for what PostgreSQL wrote. */
export type Conversion = (value: unknown) => unknown

export interface ExportedTable {
  name: string
  where(owner: DataOwner, bind: Bind): string
  /** In this order, from the greatest on. */
  key: readonly { name: string; type: string }[]
  columns: Record<string, Conversion>
  /** Columns that stay here: with them somebody could sign in, or they say nothing about the person. */
  withheld: readonly string[]
}

const plain: Conversion = (value) => value
const instant: Conversion = (value) => (value === null ? null : toDate(value as string).toISOString())
const id =
  (prefix: PublicIdPrefix): Conversion =>
  (value) =>
    publicId.from(prefix, value as string)

const ofUser = ({ userId }: DataOwner, bind: Bind) => `user_id = ${bind(userId)}`
const byId = [{ name: 'id', type: 'uuid' }]

/** Every table that holds something about a person. A test finds a table or a column that is missing here. */
export const exportedTables: readonly ExportedTable[] = [
  {
    name: 'users',
    where: ({ userId }, bind) => `id = ${bind(userId)}`,
    key: byId,
    columns: {
      id: id('user'),
      name: plain,
      email: plain,
      email_verified: instant,
      image: plain,
      created_at: instant,
      updated_at: instant,
      disabled_at: instant,
    },
    withheld: ['password_hash', 'auth_epoch'],
  },
  {
    name: 'accounts',
    where: ofUser,
    key: [
      { name: 'provider', type: 'text' },
      { name: 'provider_account_id', type: 'text' },
    ],
    columns: { provider: plain, provider_account_id: plain, user_id: id('user'), type: plain, scope: plain },
    withheld: ['refresh_token', 'access_token', 'expires_at', 'token_type', 'id_token', 'session_state'],
  },
  {
    name: 'logins',
    where: ofUser,
    key: byId,
    columns: {
      id: id('login'),
      user_id: id('user'),
      created_at: instant,
      last_seen_at: instant,
      expires_at: instant,
      confirmed_at: instant,
      ip_address: plain,
      user_agent: plain,
    },
    withheld: ['token_hash', 'auth_epoch'],
  },
  {
    name: 'api_keys',
    where: ofUser,
    key: byId,
    columns: {
      id: id('key'),
      user_id: id('user'),
      name: plain,
      hint: plain,
      scopes: plain,
      created_at: instant,
      expires_at: instant,
      last_used_at: instant,
    },
    withheld: ['secret_hash'],
  },
  {
    name: 'one_time_tokens',
    // Another user's may name this address: they asked for it, or had it. That is theirs.
    where: ({ userId, email }, bind) =>
      `(user_id = ${bind(userId)} or user_id is null and email = ${bind(email)})`,
    key: byId,
    columns: {
      id: plain,
      purpose: plain,
      email: plain,
      user_id: (value) => (value === null ? null : id('user')(value)),
      created_at: instant,
      expires_at: instant,
      used_at: instant,
    },
    withheld: ['token_hash', 'auth_epoch'],
  },
  {
    name: 'security_events',
    where: ofUser,
    key: [{ name: 'occurred_at', type: 'timestamptz' }, ...byId],
    columns: {
      id: id('event'),
      user_id: id('user'),
      kind: plain,
      occurred_at: instant,
      ip_address: plain,
      user_agent: plain,
    },
    withheld: [],
  },
  {
    name: 'session_metadata',
    where: ofUser,
    key: [{ name: 'started_at', type: 'timestamptz' }, ...byId],
    columns: {
      id: id('session'),
      user_id: id('user'),
      started_at: instant,
      ended_at: instant,
      duration_seconds: plain,
      last_seen_at: instant,
      outage_beat_at: instant,
      client_session_id: plain,
      time_zone: plain,
      status: plain,
    },
    withheld: [],
  },
]
