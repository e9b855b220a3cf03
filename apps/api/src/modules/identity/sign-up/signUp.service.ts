import type { EntityManager } from '@mikro-orm/postgresql'
import { newId } from '@wellness/domain/newId'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { enqueueJob } from '../../../platform/jobs/enqueueJob.ts'
import type { DeviceTokens } from '../devices/deviceTokens.ts'
import type { LoginService } from '../logins/login.service.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import { invalidToken } from '../one-time-tokens/invalidToken.ts'
import type { OneTimeTokenRepository, OpenToken } from '../one-time-tokens/oneTimeToken.repository.ts'
import type { PasswordHasher } from '../passwords/passwordHasher.ts'
import { passwordLength } from '../passwords/passwordLength.ts'
import { passwordPolicy } from '../passwords/passwordPolicy.ts'
import { recordSecurityEvent } from '../security-events/recordSecurityEvent.ts'
import type { SignedIn } from '../sign-in/signIn.service.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserRepository } from '../users/user.repository.ts'
import { SEND_SIGN_UP_MAIL, type SignUpMailJob } from './signUpMail.job.ts'

export interface SignUpRequest {
  email: string
  client: Client
  requestId: string
}

export interface SignUpCompletion {
  token: string
  password: string
  name: string | null
  client: Client
  /** The login that the request came with, if any: it ends when the new one begins. */
  viewer: LoginViewer | null
}

interface SignUpParts {
  clock: Clock
  devices: DeviceTokens
  hasher: PasswordHasher
  throttles: Throttles
  tokens: OneTimeTokenRepository
  logins: LoginService
  users: UserRepository
}

/** Signing up in two steps: a link by mail, and with it the password. No user is made before the link is used. */
export class SignUpService {
  readonly #parts: SignUpParts

  constructor(parts: SignUpParts) {
    this.#parts = parts
  }

  /** The same work for every address: whether it has a user is looked up by the job, where nobody can measure it. */
  async request(em: EntityManager, { email, client, requestId }: SignUpRequest): Promise<void> {
    await this.#parts.throttles.admitSignUp(client.ipAddress)
    const job: SignUpMailJob = { email, tokenId: newId() }
    await enqueueJob(em, SEND_SIGN_UP_MAIL, { ...job }, { requestId })
  }

  /** @throws {UserProblem} INVALID_TOKEN, or what is wrong with the password, which leaves the link usable. */
  async complete(em: EntityManager, completion: SignUpCompletion): Promise<SignedIn> {
    const { clock, hasher, tokens } = this.#parts
    passwordLength.assertNew(completion.password)
    const open = await tokens.findOpen(em, 'SIGN_UP', completion.token, clock.now())
    if (!open) throw invalidToken()
    passwordPolicy.assertNew(completion.password, { email: open.email, name: completion.name })
    const passwordHash = await hasher.hash(completion.password)
    return em.transactional((tx) => this.#createUser(tx, open, passwordHash, completion))
  }

  async #createUser(
    tx: EntityManager,
    open: OpenToken,
    passwordHash: string,
    { name, client, viewer }: SignUpCompletion,
  ): Promise<SignedIn> {
    const { clock, devices, logins, tokens, users } = this.#parts
    const now = clock.now()
    if (!(await tokens.consume(tx, 'SIGN_UP', open, now))) throw invalidToken()
    const created = await users.create(tx, { email: open.email, name, passwordHash, now })
    if (!created) throw invalidToken()
    const { user, authEpoch } = created
    const login = await logins.create(tx, { userId: user.id, authEpoch, client })
    if (!login) throw new Error('A user who was just made could not be signed in.')
    await recordSecurityEvent(tx, { kind: 'SIGNED_UP', userId: user.id, occurredAt: now, client })
    if (viewer) await logins.end(tx, viewer, client)
    return { ...login, user, deviceToken: devices.make({ ...user, authEpoch }) }
  }
}
