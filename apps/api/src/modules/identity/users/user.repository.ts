import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import { type PlainUser, userRow, type UserRow } from './userRow.ts'

/** A user with what proves them; never handed to GraphQL. */
export interface UserCredentials {
  user: PlainUser
  passwordHash: string | null
  authEpoch: number
  isDisabled: boolean
}

export interface NewUser {
  email: string
  name: string | null
  passwordHash: string
  now: Date
}

export interface PasswordChange {
  userId: string
  authEpoch: number
  passwordHash: string
  now: Date
}

export interface EmailChange {
  userId: string
  authEpoch: number
  email: string
  now: Date
}

/** Reads and writes users without hydration. */
export class UserRepository {
  async findCredentials(em: EntityManager, email: string): Promise<UserCredentials | null> {
    return this.#findCredentials(em, 'u.email = ?', email)
  }

  async findCredentialsById(em: EntityManager, userId: string): Promise<UserCredentials | null> {
    return this.#findCredentials(em, 'u.id = ?', userId)
  }

  async isKnown(em: EntityManager, email: string): Promise<boolean> {
    return (await em.execute<object[]>('select 1 from users where email = ?', [email])).length === 1
  }

  async exists(em: EntityManager, userId: string): Promise<boolean> {
    return (await em.execute<object[]>('select 1 from users where id = ?', [userId])).length === 1
  }

  async hasAddress(em: EntityManager, userId: string, email: string): Promise<boolean> {
    const found = await em.execute<object[]>('select 1 from users where id = ? and email = ?', [
      userId,
      email,
    ])
    return found.length === 1
  }

  async hasPassword(em: EntityManager, userId: string): Promise<boolean> {
    const found = await em.execute<object[]>(
      'select 1 from users where id = ? and password_hash is not null',
      [userId],
    )
    return found.length === 1
  }

  /** @returns null when the address has a user meanwhile. */
  async create(
    em: EntityManager,
    { email, name, passwordHash, now }: NewUser,
  ): Promise<{ user: PlainUser; authEpoch: number } | null> {
    const [row] = await em.execute<CredentialsRow[]>(
      `insert into users as u (id, email, email_verified, name, password_hash, created_at, updated_at)
      values (?, ?, ?, ?, ?, ?, ?) on conflict (email) do nothing returning ${userRow.columns}, u.auth_epoch`,
      [newId(), email, now, name, passwordHash, now, now],
    )
    return row ? { user: userRow.toUser(row), authEpoch: row.auth_epoch } : null
  }

  /** Only if the hash is still the one that was read: a change of password beside it is not undone. */
  async replacePasswordHash(em: EntityManager, userId: string, from: string, to: string): Promise<void> {
    await em.execute('update users set password_hash = ? where id = ? and password_hash = ?', [
      to,
      userId,
      from,
    ])
  }

  /**
   * Sets a password on the strength of what was read with this epoch. It raises none: the caller ends logins.
   *
   * @returns whether the epoch is still that, and the user not disabled.
   */
  async setPasswordHash(
    em: EntityManager,
    { userId, authEpoch, passwordHash, now }: PasswordChange,
  ): Promise<boolean> {
    const changed = await em.execute<object[]>(
      `update users set password_hash = ?, updated_at = ?
      where id = ? and auth_epoch = ? and disabled_at is null returning id`,
      [passwordHash, now, userId, authEpoch],
    )
    return changed.length === 1
  }

  /**
   * Changes the address on the strength of a link that was made for this epoch. It raises none: the caller ends logins.
   *
   * @returns the address before; null when the epoch is another or the user disabled; `taken` when the new one has a
   *   user. Beside somebody who takes it in the same moment it throws UniqueConstraintViolationException.
   */
  async changeEmail(
    tx: EntityManager,
    { userId, authEpoch, email, now }: EmailChange,
  ): Promise<{ email: string } | 'taken' | null> {
    const [before] = await tx.execute<{ email: string }[]>(
      'select email from users where id = ? and auth_epoch = ? and disabled_at is null for update',
      [userId, authEpoch],
    )
    if (!before) return null
    if (await this.isKnown(tx, email)) return 'taken'
    await tx.execute('update users set email = ?, email_verified = ?, updated_at = ? where id = ?', [
      email,
      now,
      now,
      userId,
    ])
    return before
  }

  /** @returns null when the user is gone. */
  async rename(em: EntityManager, userId: string, name: string | null, now: Date): Promise<PlainUser | null> {
    const [row] = await em.execute<UserRow[]>(
      `update users as u set name = ?, updated_at = ? where u.id = ? returning ${userRow.columns}`,
      [name, now, userId],
    )
    return row ? userRow.toUser(row) : null
  }

  async #findCredentials(
    em: EntityManager,
    condition: string,
    value: string,
  ): Promise<UserCredentials | null> {
    const [row] = await em.execute<CredentialsRow[]>(
      `select ${userRow.columns}, u.password_hash, u.auth_epoch, u.disabled_at is not null as is_disabled
      from users u where ${condition}`,
      [value],
    )
    if (!row) return null
    return {
      user: userRow.toUser(row),
      passwordHash: row.password_hash,
      authEpoch: row.auth_epoch,
      isDisabled: row.is_disabled,
    }
  }
}

interface CredentialsRow extends UserRow {
  password_hash: string | null
  auth_epoch: number
  is_disabled: boolean
}
