import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { rateLimited } from '../../../platform/graphql/rateLimited.ts'
import type { BcryptResult, BcryptTask } from './bcrypt.worker.ts'

/** One core is left to the event loop. */
const THREADS = Math.max(1, availableParallelism() - 1)
/**
 * The last in the queue waits some three seconds, at any cost: whoever comes later is told to come back, since a longer
 * wait would run into the time limit of the request, and the work would be done for nobody.
 */
const QUEUED_ROUNDS_PER_THREAD = 32 * 2 ** 10
const QUEUED_PER_THREAD_MIN = 4
const RETRY_AFTER_SECONDS = 3
const IDLE_TIMEOUT_MS = 60_000

/** Threads that hash, bounded in number and in how much may wait for them. Started at the first use. */
export class BcryptPool {
  /** How many may wait, beside those that are being done. */
  readonly maxQueue: number
  #pool: Piscina<BcryptTask, BcryptResult> | undefined
  readonly #work = { hashes: 0, rounds: 0 }

  /** @param options.cost bcrypt's, of most of what the pool will do. */
  constructor({ cost }: { cost: number }) {
    const perThread = Math.max(QUEUED_PER_THREAD_MIN, Math.floor(QUEUED_ROUNDS_PER_THREAD / 2 ** cost))
    this.maxQueue = THREADS * perThread
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#pool?.queueSize ?? 0
  }

  /** What was done so far: how many tasks, and how many rounds of bcrypt's inner loop in all of them. */
  get work(): Readonly<{ hashes: number; rounds: number }> {
    return { ...this.#work }
  }

  /** @throws RATE_LIMITED when the queue is full. */
  async run(task: BcryptTask): Promise<BcryptResult> {
    this.#pool ??= startPool(this.maxQueue)
    // Asked first: piscina's own refusal is a plain Error that could only be told from others by its text.
    if (this.#pool.queueSize >= this.maxQueue) throw tooBusy()
    const result = await this.#pool.run(task)
    this.#work.hashes += 1
    this.#work.rounds += result.rounds
    return result
  }

  async close(): Promise<void> {
    await this.#pool?.destroy()
  }
}

function startPool(maxQueue: number): Piscina<BcryptTask, BcryptResult> {
  // The same file as TypeScript, whose types Node strips, and as JavaScript in a build.
  const extension = import.meta.filename.endsWith('.ts') ? 'ts' : 'js'
  return new Piscina<BcryptTask, BcryptResult>({
    filename: `${import.meta.dirname}/bcrypt.worker.${extension}`,
    minThreads: 1,
    maxThreads: THREADS,
    idleTimeout: IDLE_TIMEOUT_MS,
    maxQueue,
    // Threads need neither the process's loaders nor its secrets.
    execArgv: [],
    env: {},
  })
}

function tooBusy() {
  return rateLimited('Too many people are signing in at once. Try again in a moment.', RETRY_AFTER_SECONDS)
}
