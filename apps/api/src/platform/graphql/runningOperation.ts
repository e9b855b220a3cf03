import { setMaxListeners } from 'node:events'
import type { DocumentNode } from 'graphql'
import type { OperationBudget } from './limits/operationBudget.ts'
import { operationTimeout } from './operationTimeout.ts'

/** The one operation of a request, and what it may use up: points and time. */
export class RunningOperation {
  /** As its document names it; filled in once that was read. */
  name: string | null = null
  /** The field of the schema that it asks for; filled in once its document was read and found fit to run. */
  field: string | null = null
  /** What it stands in; filled in once that was found fit to run. */
  document: DocumentNode | null = null
  /** Whether it was a mutation that did nothing for now, and may do it when it is asked for again. */
  isRefusedForNow = false
  /** What pays for it; null where no points are asked for. */
  readonly budget: OperationBudget | null
  readonly #timer: NodeJS.Timeout
  #giveUp: ((timeout: Error) => void) | undefined
  #timeout: Error | undefined
  #controller: AbortController | undefined

  constructor(timeoutMs: number, budget: OperationBudget | null = null) {
    this.budget = budget
    this.#timer = setTimeout(() => {
      this.#timeout = operationTimeout()
      this.#controller?.abort(this.#timeout)
      this.#giveUp?.(this.#timeout)
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
  race<Answer>(work: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject
      if (this.#timeout) reject(this.#timeout)
      work.then(resolve, reject).finally(() => clearTimeout(this.#timer))
    })
  }
}
