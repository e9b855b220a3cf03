import type { PlainUser } from '../users/userRow.ts'

/** The person a request acts for, and the login it was made with: what one query says of a token. */
export interface Viewer {
  userId: string
  loginId: string
  /** The hash of the token that the request came with: the login may have another one by now. */
  tokenHash: Buffer
  /** When this login ends at the latest. */
  loginExpiresAt: Date
  /** When a credential was last checked for this login; null for one from before that was noted. */
  confirmedAt: Date | null
  user: PlainUser
  /** The columns that higher modules had the query bring along; each reads its own. */
  row: Readonly<Record<string, unknown>>
}

/**
 * Columns that a higher module adds to the query "who is this", so that it needs no query of its own on every request.
 * The join must match at most one row a user.
 */
export interface ViewerRider {
  columns: string
  join: string
}
