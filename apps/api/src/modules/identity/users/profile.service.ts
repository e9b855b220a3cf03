import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import { unauthenticated } from '../../../platform/graphql/unauthenticated.ts'
import type { UserRepository } from './user.repository.ts'
import type { PlainUser } from './userRow.ts'

export interface ProfileChange {
  /** Left out, the name stays; null clears it. */
  name?: string | null | undefined
}

/** Changes what a person says of themselves. */
export class ProfileService {
  readonly #clock: Clock
  readonly #users: UserRepository

  constructor({ clock, users }: { clock: Clock; users: UserRepository }) {
    this.#clock = clock
    this.#users = users
  }

  async update(em: EntityManager, user: PlainUser, { name }: ProfileChange): Promise<PlainUser> {
    if (name === undefined) return user
    const renamed = await this.#users.rename(em, user.id, name, this.#clock.now())
    // Deleted since the request began.
    if (!renamed) throw unauthenticated()
    return renamed
  }
}
