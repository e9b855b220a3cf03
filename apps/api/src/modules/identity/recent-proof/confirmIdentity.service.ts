import type { EntityManager } from '@mikro-orm/postgresql'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { unauthenticated } from '../../../platform/graphql/unauthenticated.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { LoginService, NewLogin } from '../logins/login.service.ts'
import type { LoginViewer } from '../logins/viewer.ts'
import type { PasswordProver } from '../passwords/passwordProver.ts'

export interface IdentityProof {
  password?: string | null | undefined
  code?: string | null | undefined
  viewer: LoginViewer
  client: Client
  requestId: string
}

/** Has the person of a login show again that it is them. */
export class ConfirmIdentityService {
  readonly #logins: LoginService
  readonly #prover: PasswordProver

  constructor({ logins, prover }: { logins: LoginService; prover: PasswordProver }) {
    this.#logins = logins
    this.#prover = prover
  }

  /**
   * @throws {UserProblem} INVALID_CREDENTIALS, INVALID_CODE or TOO_MANY_ATTEMPTS.
   * @throws UNAUTHENTICATED when the login ended, or got another token, while the proof was checked.
   */
  async confirm(em: EntityManager, proof: IdentityProof): Promise<NewLogin> {
    const { viewer, password } = proof
    if (password == null) throw invalidCode()
    const { authEpoch } = await this.#prover.prove(em, { ...proof, password, field: 'password' })
    const renewed = await this.#logins.renew(em, viewer, authEpoch)
    if (!renewed) throw unauthenticated()
    return renewed
  }
}

function invalidCode(): UserProblem {
  return new UserProblem({
    code: 'INVALID_CODE',
    message: 'There is no authenticator app to check this code with. Enter your password instead.',
    path: ['code'],
  })
}
