import { badUserInput } from './badUserInput.ts'

/** The elements of connections that one operation may ask for, all its pages together. */
export const NODES_PER_OPERATION_MAX = 1_000

/** The one operation of a request. */
export class RunningOperation {
  /** As its document names it; filled in once that was read. */
  name: string | null = null
  /** Fires when its time is over. */
  readonly signal: AbortSignal
  #nodes = 0

  constructor(signal: AbortSignal) {
    this.signal = signal
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
}
