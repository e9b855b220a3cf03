import { setMaxListeners } from 'node:events'
import { badUserInput } from './badUserInput.ts'
import { operationTimeout } from './operationTimeout.ts'

/** The elements of connections that one operation may ask for, all its pages together. */
export const NODES_PER_OPERATION_MAX = 1_000

/** The one operation of a request, and what it may use up: time, and elements of connections. */
export class RunningOperation {
  /** As its document names it; filled in once that was read. */
  name: string | null = null
  /** The field of the schema that it asks for; filled in once its document was read and found fit to run. */
  field: string | null = null
  readonly #timer: NodeJS.Timeout
  readonly #passed: Promise<never>
  #timeout: Error | undefined
  #controller: AbortController | undefined
  #nodes = 0

  constructor(timeoutMs: number) {
    const { promise, reject } = Promise.withResolvers<never>()
    this.#passed = promise
    this.#timer = setTimeout(() => {
      this.#timeout = operationTimeout()
      this.#controller?.abort(this.#timeout)
      reject(this.#timeout)
    }, timeoutMs)
  }

  /**
   * Fires when the time is over: it cancels the statement that runs in PostgreSQL, and refuses further ones. Made when it
   * is first asked for, since many operations need none.
   */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      // One listener a statement: many at once are no leak.
      setMaxListeners(0, this.#controller.signal)
      if (this.#timeout) this.#controller.abort(this.#timeout)
    }
    return this.#controller.signal
  }

  /** @throws TIMEOUT when the time is over: work that nobody waits for any more ends here. */
  assertInTime(): void {
    if (this.#timeout) throw this.#timeout
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

  /**
   * Says before a page is read how large it is. A page inside each element of a page inside each element of a page is
   * short to write and a million rows to read.
   *
   * @throws BAD_USER_INPUT once the operation has asked for too many.
   */
  takeNodes(count: number): void {
    this.#nodes += count
    if (this.#nodes > NODES_PER_OPERATION_MAX) {
      throw badUserInput(
        `One operation may ask for ${NODES_PER_OPERATION_MAX} elements of connections, pages inside pages included.`,
      )
    }
  }

  /** For an operation that is run once more from its beginning; one that asked for too much is not read to its limit again. */
  beginAgain(): void {
    if (this.#nodes <= NODES_PER_OPERATION_MAX) this.#nodes = 0
  }
}
