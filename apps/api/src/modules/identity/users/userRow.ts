import { toDate } from '../../../platform/database/timestamp.ts'

/** A person as the rest of the code knows them: no secret is in it. */
export interface PlainUser {
  id: string
  name: string | null
  email: string
  emailVerifiedAt: Date | null
  image: string | null
  createdAt: Date
  updatedAt: Date
}

/** A row of users as a raw read gives it. */
export interface UserRow extends Record<string, unknown> {
  id: string
  name: string | null
  email: string
  email_verified: string | null
  image: string | null
  created_at: string
  updated_at: string
}

export const userRow = {
  /** For a select of `users u`, or a returning of `users as u`. */
  columns: 'u.id, u.name, u.email, u.email_verified, u.image, u.created_at, u.updated_at',

  toUser(row: UserRow): PlainUser {
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      emailVerifiedAt: row.email_verified === null ? null : toDate(row.email_verified),
      image: row.image,
      createdAt: toDate(row.created_at),
      updatedAt: toDate(row.updated_at),
    }
  },
}
