import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { LoginService } from '../logins/login.service.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import { enqueueNotice } from '../notices/enqueueNotice.ts'
import type { RecentProof } from '../recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'

export interface Unlinking {
  provider: string
  providerAccountId: string
  viewer: LoginViewer
  client: Client
  requestId: string
}

interface UnlinkAccountParts {
  clock: Clock
  devices: DeviceTokens
  logins: LoginService
  recentProof: RecentProof
}

/** Takes a sign-in provider from a user again. */
export class UnlinkAccountService {
  readonly #parts: UnlinkAccountParts

  constructor(parts: UnlinkAccountParts) {
    this.#parts = parts
  }

  /**
   * @returns what makes this device a known one of the new epoch.
   * @throws {UserProblem} NOT_FOUND, also for another's account, or LAST_SIGN_IN_METHOD.
   */
  async unlink(
    em: EntityManager,
    { provider, providerAccountId, viewer, client, requestId }: Unlinking,
  ): Promise<{ deviceToken: string }> {
    const { clock, devices, logins, recentProof } = this.#parts
    const { userId } = viewer
    // PostgreSQL takes no NUL in a text, so no account has one in its names.
    if ([provider, providerAccountId].some((name) => name.includes('\0'))) throw notLinked()
    return recentProof.transaction(em, viewer, async (tx) => {
      // The user is locked: of two that are unlinked side by side, the second finds the first gone.
      const [ways] = await tx.execute<{ is_linked: boolean; has_another: boolean }[]>(
        `select count(*) filter (where a.provider = ? and a.provider_account_id = ?) = 1 as is_linked,
          u.password_hash is not null or count(a.provider) > 1 as has_another
        from users u left join accounts a on a.user_id = u.id where u.id = ? group by u.id`,
        [provider, providerAccountId, userId],
      )
      if (!ways?.is_linked) throw notLinked()
      if (!ways.has_another) throw lastWay()
      await tx.execute(
        'delete from accounts where provider = ? and provider_account_id = ? and user_id = ?',
        [provider, providerAccountId, userId],
      )
      const { authEpoch } = await logins.endOthers(tx, viewer)
      const [kind, now] = ['ACCOUNT_UNLINKED' as const, clock.now()]
      await recordSecurityEvent(tx, { kind, userId, occurredAt: now, client })
      await enqueueNotice(tx, { kind, userId, email: viewer.user.email, client, now, requestId })
      return { deviceToken: devices.make({ id: userId, authEpoch }) }
    })
  }
}

function notLinked(): UserProblem {
  return new UserProblem({
    code: 'NOT_FOUND',
    message: 'No such account of a sign-in provider is linked to yours.',
    path: ['providerAccountId'],
  })
}

function lastWay(): UserProblem {
  return new UserProblem({
    code: 'LAST_SIGN_IN_METHOD',
    message: 'You could not sign in any more without it. Choose a password first.',
  })
}
