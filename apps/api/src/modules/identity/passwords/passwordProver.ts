import type { EntityManager } from '@mikro-orm/postgresql'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Client } from '../../../platform/graphql/requestContext.ts'
import { UserProblem } from '../../../platform/graphql/userProblem.ts'
import type { Viewer } from '../logins/viewer.ts'
import { recordFailedSignIn } from '../sign-in/recordFailedSignIn.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { UserCredentials, UserRepository } from '../users/user.repository.ts'
import type { PasswordHasher } from './passwordHasher.ts'
import { passwordLength } from './passwordLength.ts'

export interface PasswordProof {
  password: string
  /** The input field that holds the password. */
  field: string
  viewer: Viewer
  client: Client
  requestId: string
}

interface PasswordProverParts {
  clock: Clock
  hasher: PasswordHasher
  throttles: Throttles
  users: UserRepository
}

/** Checks the password of somebody who is signed in already: a guess as any other, whoever holds the login. */
export class PasswordProver {
  readonly #parts: PasswordProverParts

  constructor(parts: PasswordProverParts) {
    this.#parts = parts
  }

  /**
   * What was read together with the password: what is done on the strength of it has to stand on the same epoch.
   *
   * @throws {UserProblem} INVALID_CREDENTIALS or TOO_MANY_ATTEMPTS.
   */
  async prove(em: EntityManager, proof: PasswordProof): Promise<Pick<UserCredentials, 'authEpoch'>> {
    passwordLength.assertCheckable(proof.password, proof.field)
    const { throttles } = this.#parts
    const admission = await throttles.admitProof(proof.viewer.userId, proof.client.ipAddress)
    let proven: UserCredentials | null
    try {
      proven = await this.#check(em, proof)
      if (!proven) await this.#recordFailure(em, proof)
    } catch (error) {
      await admission.notCarriedOut()
      throw error
    }
    if (!proven) throw wrongPassword(proof.field)
    await admission.succeeded()
    return proven
  }

  async #check(em: EntityManager, { viewer, password }: PasswordProof): Promise<UserCredentials | null> {
    const { hasher, users } = this.#parts
    const found = await users.findCredentialsById(em, viewer.userId)
    const storedHash = found && !found.isDisabled ? found.passwordHash : null
    const { matches, needsRehash } = await hasher.verify(password, storedHash)
    if (!found || !matches || storedHash === null) return null
    if (needsRehash) {
      await users.replacePasswordHash(em, viewer.userId, storedHash, await hasher.hash(password))
    }
    return found
  }

  #recordFailure(em: EntityManager, { viewer, client, requestId }: PasswordProof): Promise<void> {
    const { userId } = viewer
    return recordFailedSignIn(em, { userId, client, requestId, now: this.#parts.clock.now() })
  }
}

function wrongPassword(field: string): UserProblem {
  return new UserProblem({
    code: 'INVALID_CREDENTIALS',
    message: 'This is not your password.',
    path: [field],
  })
}
