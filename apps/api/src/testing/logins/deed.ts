/** Being signed in: what began with one sign-in, under whatever tokens it went on. */
export interface KnownLogin {
  /** The row's; null when it was gone before anybody could look. */
  id: string | null
  ground: Ground
  /** The sign-in it began with. */
  began: Deed
  createdAt: number
  usedAt: number
}

/** What a sign-in stands on, and when the acts were asked for that made it so. */
export interface Ground {
  /** Null when it was made useless. */
  password: string | null
  passwordSince: number
  email: string
  emailSince: number
}

export interface KnownToken {
  token: string
  login: KnownLogin
  /** The last moment, by the ledger's count, after which it was let in; and the first after which it was not. */
  admittedAfter: number
  refusedBy: number
}

/** What an act ends if it is done. */
export interface Ending {
  /** All logins of the person, but perhaps one. */
  all?: { but: KnownLogin | null }
  login?: KnownLogin
  token?: KnownToken
  keys?: 'all' | KnownKey
  /** What nobody signs in without from then on; null when nobody does at all. */
  ground?: { password?: string | null; email?: string } | null
}

/** An act of somebody, from the moment it was asked for until it was answered, in counts of the ledger. */
export interface Deed {
  what: string
  startedAt: number
  endedAt: number
  /** When it was seen that the password had been read by then; infinite when it was not seen. */
  provenBy: number
  outcome: 'underWay' | 'done' | 'refused' | 'unknown'
  ending: Ending
}

/** An API key, which whoever made it knows the secret of. */
export interface KnownKey {
  id: string
  secret: string
  made: Deed
  /** The login that it was made by. */
  maker: KnownLogin
  /** The last moment, by the ledger's count, after which it was let in; and the first after which it was not. */
  admittedAfter: number
  refusedBy: number
}
