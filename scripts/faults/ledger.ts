import type { Backdating, Told, Trouble } from './told.ts'

/** Keeps what was done and told while it happens. */
export class Ledger {
  readonly told: Told = {
    acts: [],
    wishes: [],
    troubles: [],
    backdatings: [],
    restarts: [],
    pages: { answered: 0, failures: [] },
    deaths: [],
  }

  /** Notes a trouble from now on until the work is done. */
  async during<Result>(kind: Trouble['kind'], work: () => Promise<Result>): Promise<Result> {
    const trouble: Trouble = { kind, from: Date.now(), to: Number.POSITIVE_INFINITY }
    this.told.troubles.push(trouble)
    try {
      return await work()
    } finally {
      trouble.to = Date.now()
    }
  }

  backdated(backdating: Backdating): void {
    this.told.backdatings.push(backdating)
  }
}
