import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import { enqueueJob } from '../../../platform/jobs/enqueueJob.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { LoginService } from '../logins/login.service.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import { enqueueNotice } from '../notices/enqueueNotice.ts'
import { invalidToken } from '../one-time-tokens/invalidToken.ts'
import type { OneTimeTokenRepository, OpenToken } from '../one-time-tokens/oneTimeToken.repository.ts'
import type { RecentProof } from '../recent-proof/recentProof.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { SEND_EMAIL_CHANGE_MAIL, type EmailChangeMailJob } from './emailChangeMail.job.ts'

export interface EmailChangeRequest {
  newEmail: string
  viewer: LoginViewer
  client: Client
  requestId: string
}

export interface EmailChangeConfirmation {
  token: string
  /** The login that the request came with, if any: it goes on, and is refused if it is another user's. */
  viewer: LoginViewer | null
  client: Client
  requestId: string
}

interface EmailChangeParts {
  clock: Clock
  devices: DeviceTokens
  throttles: Throttles
  tokens: OneTimeTokenRepository
  logins: LoginService
  recentProof: RecentProof
  users: UserRepository
}

/** Another address in two steps: a link there, and with it the change. The old address is good until then. */
export class EmailChangeService {
  readonly #parts: EmailChangeParts

  constructor(parts: EmailChangeParts) {
    this.#parts = parts
  }

  /** The same work for every address: whether it has a user is looked up by the job. */
  async request(
    em: EntityManager,
    { newEmail, viewer, client, requestId }: EmailChangeRequest,
  ): Promise<void> {
    const { clock, throttles, recentProof, users } = this.#parts
    const { userId, user } = viewer
    if (newEmail === user.email) throw ownAddress()
    await throttles.admitEmailChange(userId)
    await recentProof.transaction(em, viewer, async (tx) => {
      const found = await users.findCredentialsById(tx, userId)
      if (!found) throw new Error('The user was locked, and is gone.')
      const [now, kind] = [clock.now(), 'EMAIL_CHANGE_REQUESTED' as const]
      await recordSecurityEvent(tx, { kind, userId, occurredAt: now, client })
      await enqueueNotice(tx, { kind, userId, email: found.user.email, client, now, requestId })
      const { authEpoch } = found
      const job: EmailChangeMailJob = { email: newEmail, tokenId: newId(), userId, authEpoch }
      await enqueueJob(tx, SEND_EMAIL_CHANGE_MAIL, { ...job }, { requestId })
    })
  }

  /** @throws {UserProblem} INVALID_TOKEN, also when the address has a user of its own by now, or when it comes with the login of
   *   another user than asked for it; the link stays good then. */
  async confirm(
    em: EntityManager,
    confirmation: EmailChangeConfirmation,
  ): Promise<{ deviceToken: string | null }> {
    const { clock, tokens } = this.#parts
    const open = await tokens.findOpen(em, 'EMAIL_CHANGE', confirmation.token, clock.now())
    if (!open) throw invalidToken()
    try {
      return await em.transactional((tx) => this.#change(tx, open, confirmation))
    } catch (error) {
      // Somebody signs up with the address in this very moment: whoever comes first has it.
      if (error instanceof UniqueConstraintViolationException) throw addressTaken()
      throw error
    }
  }

  async #change(
    tx: EntityManager,
    open: OpenToken,
    { viewer, client, requestId }: EmailChangeConfirmation,
  ): Promise<{ deviceToken: string | null }> {
    const { clock, devices, logins, tokens, users } = this.#parts
    const { userId, authEpoch, email } = open
    if (userId === null || authEpoch === null) throw invalidToken()
    if (viewer && viewer.userId !== userId) throw anothersAccount()
    const now = clock.now()
    // The user first, as everything locks them that ends logins.
    const before = await users.changeEmail(tx, { userId, authEpoch, email, now })
    if (before === 'taken') throw addressTaken()
    if (!before || !(await tokens.consume(tx, 'EMAIL_CHANGE', open, now))) throw invalidToken()
    const { authEpoch: raised } = await (viewer ? logins.endOthers(tx, viewer) : logins.endAll(tx, userId))
    await recordSecurityEvent(tx, { kind: 'EMAIL_CHANGED', userId, occurredAt: now, client })
    for (const to of [before.email, email]) {
      await enqueueNotice(tx, { kind: 'EMAIL_CHANGED', userId, email: to, client, now, requestId })
    }
    return { deviceToken: viewer && devices.make({ id: userId, authEpoch: raised }) }
  }
}

function ownAddress(): UserProblem {
  return new UserProblem({
    code: 'INVALID_INPUT',
    message: 'This is your address already.',
    path: ['newEmail'],
  })
}

/** Whoever reads the mail has an account of their own: with this link their address would go to somebody else's. */
function anothersAccount(): UserProblem {
  return new UserProblem({
    code: 'INVALID_TOKEN',
    message:
      'This link is for another account than the one you are signed in to, so nothing was changed. If you did not ask for it, there is nothing to do. If that account is yours too, sign out, then open the link again.',
    path: ['token'],
  })
}

/** Tells nobody but whoever reads the address's mail, since they have the link. */
function addressTaken(): UserProblem {
  return new UserProblem({
    code: 'INVALID_TOKEN',
    message: 'This address now has an account of its own, so nothing was changed.',
    path: ['token'],
  })
}
