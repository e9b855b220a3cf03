/** Thrown out of every step of a process that is dead. */
class ProcessDied extends Error {
  override name = 'ProcessDied'
}

/** At which step something goes wrong, and what. */
export interface Fault {
  /** Dead for good, or one command to Redis that fails. */
  kind: 'die' | 'redisFails'
  /** Counted from 0; a process that takes fewer steps is spared. */
  step: number
  /** Before: nothing happened. After: it happened, and nobody was told. */
  when: 'before' | 'after'
}

/** Stands between a process and its stores, and lets it die, fail or wait between any two steps. */
export class FaultPoints {
  #fault: Fault | null = null
  #count = 0
  isDead = false
  /** Whether the fault came to pass. */
  hit = false
  /** Lets others go first; for interleavings that a seed repeats. */
  turn: (() => Promise<void>) | null = null

  /** A process as it starts: alive, with no memory, and with this ahead of it. */
  restart(fault: Fault | null = null): void {
    this.#fault = fault
    this.#count = 0
    this.isDead = false
    this.hit = false
  }

  async step<Result>(resource: 'postgres' | 'redis', work: () => Promise<Result>): Promise<Result> {
    this.assertAlive()
    if (this.turn) await this.turn()
    this.assertAlive()
    const isDue = this.#isDue(resource)
    if (isDue && this.#fault?.when === 'before') this.#fail()
    const result = await work()
    if (isDue && this.#fault?.when === 'after') this.#fail()
    this.assertAlive()
    return result
  }

  #isDue(resource: 'postgres' | 'redis'): boolean {
    if (!this.#fault || (this.#fault.kind === 'redisFails' && resource !== 'redis')) return false
    return this.#count++ === this.#fault.step
  }

  #fail(): never {
    this.hit = true
    if (this.#fault?.kind === 'redisFails') throw new Error('The answer of Redis was lost')
    this.isDead = true
    throw new ProcessDied()
  }

  /** Nobody hears the answer of a dead process. */
  assertAlive(): void {
    if (this.isDead) throw new ProcessDied()
  }
}
