import { setMaxListeners } from 'node:events'
import { operationTimeout } from './operationTimeout.ts'

/**
 * The end of an operation's time. When it passes, the signal cancels the statement that runs in PostgreSQL and refuses
 * further ones, and whoever waits in `race` is let go.
 */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #passed: Promise<never>
  readonly #timer: NodeJS.Timeout

  constructor(milliseconds: number) {
    // One listener a statement: many at once are no leak.
    setMaxListeners(0, this.#controller.signal)
    const { promise, reject } = Promise.withResolvers<never>()
    this.#passed = promise
    this.#timer = setTimeout(() => {
      const reason = operationTimeout()
      this.#controller.abort(reason)
      reject(reason)
    }, milliseconds)
  }

  /** For whatever can be cancelled. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /**
   * What the work answers.
   *
   * @throws TIMEOUT when the time is over before; the work is then left to end for itself.
   */
  async race<Answer>(work: Promise<Answer>): Promise<Answer> {
    try {
      return await Promise.race([work, this.#passed])
    } finally {
      clearTimeout(this.#timer)
    }
  }
}
