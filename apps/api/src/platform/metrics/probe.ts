/** An answer that is awaited for so long is given up: the connection may be dead, and only a new question would tell. */
const GIVEN_UP_AFTER_DEADLINES = 5

/**
 * Asks a service something, within a deadline. While it owes an answer it is not asked again: a service that hangs would
 * otherwise take one connection more with every look at it, until none is left for requests.
 */
export class Probe<Answer> {
  readonly #ask: () => Promise<Answer>
  readonly #deadlineMs: number
  #pending: { answer: Promise<{ value: Answer } | null>; since: number } | undefined

  constructor(ask: () => Promise<Answer>, deadlineMs: number) {
    this.#ask = ask
    this.#deadlineMs = deadlineMs
  }

  /** Null when there was no answer in time, or an error. */
  async run(): Promise<{ value: Answer } | null> {
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, this.#deadlineMs, null)
    })
    return Promise.race([this.#answer(), tooLate]).finally(() => clearTimeout(timer))
  }

  #answer(): Promise<{ value: Answer } | null> {
    const now = performance.now()
    if (this.#pending && now - this.#pending.since < this.#deadlineMs * GIVEN_UP_AFTER_DEADLINES) {
      return this.#pending.answer
    }
    const pending = { since: now, answer: this.#askOnce() }
    this.#pending = pending
    void pending.answer.then(() => {
      if (this.#pending === pending) this.#pending = undefined
    })
    return pending.answer
  }

  async #askOnce(): Promise<{ value: Answer } | null> {
    try {
      return { value: await this.#ask() }
    } catch {
      return null
    }
  }
}
