import type { Scope } from '@wellness/domain/scope'
import type { PlainUser } from '../users/userRow.ts'

/** The person a request acts for, and by what: what one query says of a token or a key. */
export interface Viewer {
  userId: string
  credential: LoginCredential | ApiKeyCredential
  user: PlainUser
  /** The columns that higher modules had the query bring along; each reads its own. */
  row: Readonly<Record<string, unknown>>
}

/** The login that a request was made with. */
export interface LoginCredential {
  kind: 'login'
  id: string
  /** The hash of the token that the request came with: the login may have another one by now. */
  tokenHash: Buffer
  /** When a credential was last checked for this login; null for one from before that was noted. */
  confirmedAt: Date | null
}

/** The API key that a request was made with. */
export interface ApiKeyCredential {
  kind: 'apiKey'
  id: string
  scopes: readonly Scope[]
}

/** A person who is signed in: what no key may do asks for this. */
export interface LoginViewer extends Viewer {
  credential: LoginCredential
}

/**
 * Columns that a higher module adds to the query "who is this", so that it needs no query of its own on every request.
 * The join must match at most one row a user.
 */
export interface ViewerRider {
  columns: string
  join: string
}
