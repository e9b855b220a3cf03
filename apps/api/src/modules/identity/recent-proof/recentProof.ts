import type { EntityManager } from '@mikro-orm/postgresql'
import { MINUTE } from '@wellness/domain/time'
import type { Clock } from '../../../platform/clock/clock.ts'
import { toDate } from '../../../platform/database/timestamp.ts'
import { unauthenticated } from '../../../platform/graphql/unauthenticated.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { LoginCredential, LoginViewer } from '../logins/viewer.ts'

/** So long after a credential was checked for a login, at a sign-in or by confirmIdentity, the proof is recent. */
export const RECENT_PROOF_MS = 5 * MINUTE

/**
 * Whether it was shown a moment ago that a login is still in its person's hands. What cannot be taken back needs it: a
 * token alone may have been stolen, or the device left open.
 */
export class RecentProof {
  readonly #clock: Clock

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  /** @throws {UserProblem} REAUTHENTICATION_REQUIRED */
  assertGiven({ confirmedAt }: Pick<LoginCredential, 'confirmedAt'>): void {
    const age = confirmedAt === null ? Infinity : this.#clock.now().getTime() - confirmedAt.getTime()
    if (age >= RECENT_PROOF_MS) throw reauthenticationRequired()
  }

  /**
   * Runs an act that needs the proof, in one transaction that holds the user and the login: what ends the login or
   * changes the user comes wholly before, and then the act is refused, or wholly after.
   *
   * @throws UNAUTHENTICATED when the login ended since the request began.
   * @throws {UserProblem} REAUTHENTICATION_REQUIRED
   */
  async transaction<Result>(
    em: EntityManager,
    viewer: LoginViewer,
    act: (tx: EntityManager) => Promise<Result>,
  ): Promise<Result> {
    return em.transactional(async (tx) => {
      // The user first, as everything locks them that ends logins: the other way round two could wait for each other.
      await tx.execute('select 1 from users where id = ? for no key update', [viewer.userId])
      const [login] = await tx.execute<{ confirmed_at: string | null }[]>(
        `select l.confirmed_at from logins l
        join users u on u.id = l.user_id and u.auth_epoch = l.auth_epoch and u.disabled_at is null
        where l.id = ? and l.expires_at > ? for no key update of l`,
        [viewer.credential.id, this.#clock.now()],
      )
      if (!login) throw unauthenticated()
      this.assertGiven({ confirmedAt: login.confirmed_at === null ? null : toDate(login.confirmed_at) })
      return act(tx)
    })
  }
}

function reauthenticationRequired(): UserProblem {
  return new UserProblem({
    code: 'REAUTHENTICATION_REQUIRED',
    message: 'Confirm first that it is you: this needs your password, entered within the last five minutes.',
  })
}
