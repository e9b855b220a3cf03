import { GraphQLError } from 'graphql'
import { rateLimited } from '../rateLimited.ts'
import type { Credential } from '../credential.ts'
import type { BucketName } from './bucketName.ts'
import { type BudgetState, budgetStateOf } from './budgetState.ts'
import type { OperationCost } from './costFormula.ts'
import type { Caller, CostLimiter } from './costLimiter.ts'
import { OPERATION_POINTS_MAX, pointsOf } from './costLimits.ts'
import { PointBucket } from './pointBucket.ts'
import type { Taking } from './pointStore.ts'

/** What came of an operation: its data; or that none of it ran, or that it was left in the middle. */
export type Outcome = { data: unknown } | 'nothing ran' | 'unknown'

/**
 * The points of one request. It is charged before it runs, where that can be in the moment in which PostgreSQL is asked who
 * sent it; what it did not use is given back after, while the answer is on its way already.
 */
export class OperationBudget {
  readonly #limiter: CostLimiter
  readonly #caller: Caller
  #bucket: BucketName | null = null
  #taking: Promise<Taking> | null = null
  #taken: Taking | null = null
  #charged = 0
  /** Where nothing ran, so much is kept. */
  #least: number = pointsOf.request
  /** What an address or a visitor paid for having a credential looked up that was not seen before. */
  #deposit: { bucket: BucketName; taking: Taking } | null = null
  #pointsMax = OPERATION_POINTS_MAX
  #cost: { of: OperationCost; variables: Readonly<Record<string, unknown>> } | null = null

  constructor(limiter: CostLimiter, caller: Caller) {
    this.#limiter = limiter
    this.#caller = caller
  }

  /**
   * Takes points at once where it is known whose; nothing is waited for.
   *
   * @returns what has to be waited for before PostgreSQL is asked who it is, where this was not asked before: a stranger pays
   *   for each credential that they try.
   * @throws RATE_LIMITED when so many were refused a moment ago, or, by what is returned, when a stranger has too few.
   */
  begin(points: number): Promise<void> | null {
    this.#charged = points
    this.#bucket = this.#limiter.find(this.#caller)
    if (!this.#bucket) return this.#payForQuestion()
    this.#take(this.#bucket, points)
    return null
  }

  /**
   * Waits until the points are taken.
   *
   * @param credential that the request was found to come with; null when it has none.
   * @throws RATE_LIMITED when there are too few.
   */
  async admit(credential: Credential | null): Promise<void> {
    const { authorization } = this.#caller
    if (!this.#bucket && credential && authorization !== undefined) {
      this.#giveDepositBack()
      this.#bucket = this.#limiter.ofCredential(authorization, credential)
      this.#take(this.#bucket, this.#charged)
    }
    await this.#settle()
  }

  /**
   * For a request whose credential is not good, or could not be looked up.
   *
   * @throws RATE_LIMITED when there are too few points.
   */
  async turnAway({ isWrong }: { isWrong: boolean }): Promise<void> {
    const { authorization } = this.#caller
    if (isWrong && authorization !== undefined) this.#limiter.forget(authorization)
    if (!this.#bucket && this.#deposit) {
      this.#bucket = this.#deposit.bucket
      this.#taking = Promise.resolve(this.#deposit.taking)
      this.#charged = pointsOf.unknownCredential
      if (isWrong) this.#least = this.#charged
    }
    await this.#settle().catch((error: unknown) => {
      // That it is no longer good is told before that its former bucket is empty.
      if (!isWrong) throw error
    })
  }

  /**
   * Once it is known what the operation costs: takes what was not taken yet.
   *
   * @throws BAD_USER_INPUT beyond the ceiling of an operation, RATE_LIMITED when there are too few points.
   */
  async charge(cost: OperationCost, variables: Readonly<Record<string, unknown>>): Promise<void> {
    const points = cost.requested(variables)
    this.#assertBelowCeiling(points)
    this.#cost = { of: cost, variables }
    const more = points - this.#charged
    if (more <= 0 || !this.#bucket) return
    const taking = await this.#limiter.take(this.#bucket, more)
    if (!taking.isTaken) {
      this.#taken = { ...taking, isTaken: true }
      throw this.#tooFew(taking, more)
    }
    this.#charged = points
    this.#taken = taking
  }

  /** For a request that may cost less than others. */
  lowerCeiling(pointsMax: number): void {
    this.#pointsMax = pointsMax
  }

  /** What is told to the client; null when nobody was charged. */
  get state(): BudgetState | null {
    return this.#taken && budgetStateOf(this.#taken, this.#charged, this.#limiter.now())
  }

  /**
   * Gives back what was not used, without being waited for.
   *
   * @returns what was used.
   */
  finish(outcome: Outcome): number {
    if (!this.#taken?.isTaken || !this.#bucket) return 0
    const used = this.#usedOf(outcome)
    const unused = this.#charged - used
    if (unused > 0) void this.#limiter.giveBack(this.#bucket, this.#taken, unused)
    return used
  }

  #usedOf(outcome: Outcome): number {
    if (outcome === 'nothing ran') return this.#least
    if (outcome === 'unknown' || !this.#cost) return this.#charged
    return this.#cost.of.used(this.#cost.variables, outcome.data)
  }

  #take(bucket: BucketName, points: number): void {
    const refusal = this.#limiter.findRefusal(bucket, points)
    if (refusal) {
      this.#taken = refusal
      throw this.#tooFew(refusal, points)
    }
    this.#taking = this.#limiter.take(bucket, points)
  }

  async #settle(): Promise<void> {
    this.#taken = (await this.#taking) ?? null
    if (this.#taken && !this.#taken.isTaken) throw this.#tooFew(this.#taken, this.#charged)
  }

  /** Whoever is known elsewhere need not: others at their address may have used it all up. */
  async #payForQuestion(): Promise<void> {
    const { authorization = '' } = this.#caller
    const points = pointsOf.unknownCredential
    const bucket = this.#limiter.ofAddress(this.#caller)
    const taking = this.#limiter.findRefusal(bucket, points) ?? (await this.#limiter.take(bucket, points))
    if (taking.isTaken) {
      this.#deposit = { bucket, taking }
      return
    }
    if (await this.#limiter.isKnownElsewhere(authorization)) return
    this.#taken = taking
    throw this.#tooFew(taking, points)
  }

  #giveDepositBack(): void {
    if (!this.#deposit) return
    const { bucket, taking } = this.#deposit
    void this.#limiter.giveBack(bucket, taking, pointsOf.unknownCredential)
  }

  #tooFew({ bucket, fullAt }: Taking, points: number): GraphQLError {
    const seconds = bucket.waitSeconds(fullAt, points, PointBucket.fromDate(this.#limiter.now()))
    return rateLimited(
      `This costs ${points} points, and fewer are left. They are back in ${seconds} seconds.`,
      seconds,
    )
  }

  #assertBelowCeiling(points: number): void {
    const maximum = this.#pointsMax
    if (points <= maximum) return
    const where = maximum < OPERATION_POINTS_MAX ? ' with an Idempotency-Key' : ''
    throw new GraphQLError(
      `This operation costs ${points} points; ${maximum} are the most${where}. Ask for smaller pages, or for less of each element.`,
      {
        extensions: {
          code: 'BAD_USER_INPUT',
          cost: { requested: points, maximum },
          http: { status: 400 },
        },
      },
    )
  }
}
