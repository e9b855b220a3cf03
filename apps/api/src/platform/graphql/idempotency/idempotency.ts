import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { SecretKeys } from '../../crypto/secretKeys.ts'
import type { RedisClient } from '../../redis/connectRedis.ts'
import type { KeyGate } from '../key-access/keyGate.ts'
import type { GraphqlRequest } from '../readGraphqlRequest.ts'
import type { RequestContext } from '../requestContext.ts'
import { findKeptMutation } from './findKeptMutation.ts'
import { idempotencyProblem } from './idempotencyProblem.ts'
import { noteRefusals } from './noteRefusals.ts'
import { KeptAnswers, type KeyOfCredential, type Standing } from './keptAnswers.ts'

/** A key that is this request's, until it says what came of it. None of these fails: the answer goes out in any case. */
export interface Lease {
  /** What was answered, before it goes out. */
  keep(body: string): Promise<void>
  /** It may have been carried out. */
  giveUp(): Promise<void>
  /** Nothing was carried out. */
  forget(): Promise<void>
}

/** `answered` is the first request's answer; `run` is for this request to run, and to keep where there is a lease. */
export type Admittance = { answered: string } | { run: Lease | null }

interface IdempotencyParts {
  redis: RedisClient
  keys: SecretKeys
  logger: Logger
  schema: GraphQLSchema
  gate: KeyGate
}

const ASK_AGAIN_SECONDS = 1
const KEYS_ARE_BACK_SECONDS = 3_600

/** Runs a mutation once for each Idempotency-Key of a credential, whichever process is asked, and gives its answer again. */
export class Idempotency {
  readonly #parts: IdempotencyParts
  readonly #answers: KeptAnswers

  constructor(parts: IdempotencyParts) {
    this.#parts = parts
    noteRefusals(parts.schema)
    this.#answers = new KeptAnswers(parts.redis, parts.keys)
  }

  /**
   * Whether a request with this key is to be run.
   *
   * @throws BAD_REQUEST, CONFLICT, FORBIDDEN, IN_PROGRESS, OUTCOME_UNKNOWN, RATE_LIMITED or SERVICE_UNAVAILABLE: it is not.
   */
  async admit(
    key: string,
    { credential, ownerId, keyScopes }: Pick<RequestContext, 'credential' | 'ownerId' | 'keyScopes'>,
    request: GraphqlRequest,
  ): Promise<Admittance> {
    const mutation = findKeptMutation(this.#parts.schema, request)
    if (!mutation) return { run: null }
    if (!credential || ownerId === null) throw idempotencyProblem('anonymous')
    const of = { ownerId, credential, key }
    const asked = { asked: textOf(request), isRepeatable: mutation.isRepeatable }
    const standing = await this.#answers.begin(of, asked).catch((err: unknown): Standing => {
      this.#parts.logger.warn({ err }, 'an Idempotency-Key was refused without Redis')
      throw idempotencyProblem('away')
    })
    if (standing.name === 'begun') return { run: this.#lease(of, standing.owner) }
    if (standing.name === 'answered') {
      // What a key might see then it might not see today.
      this.#parts.gate.assertMayRun(mutation.document, mutation.operation, keyScopes)
      return { answered: standing.body }
    }
    const waits = { running: ASK_AGAIN_SECONDS, full: KEYS_ARE_BACK_SECONDS }
    throw idempotencyProblem(standing.name, waits[standing.name as keyof typeof waits])
  }

  #lease(of: KeyOfCredential, owner: string): Lease {
    const attempt = async (work: Promise<void>): Promise<void> => {
      // What is not told now shows when the lease is over: that it is not known what came of it.
      await work.catch((err: unknown) => this.#parts.logger.warn({ err }, 'an answer could not be kept'))
    }
    return {
      keep: (body) => attempt(this.#answers.keep(of, owner, body)),
      giveUp: () => attempt(this.#answers.giveUp(of, owner)),
      forget: () => attempt(this.#answers.forget(of, owner)),
    }
  }
}

/** All that decides what an operation does. In the order in which it was sent: who repeats a request sends it as it was. */
function textOf({ query, operationName, variables }: GraphqlRequest): string {
  try {
    return JSON.stringify([query, operationName, variables])
  } catch {
    // Deeper than the engine's own stack.
    throw idempotencyProblem('unreadable')
  }
}
