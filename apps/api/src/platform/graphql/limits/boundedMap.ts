/**
 * Remembers so many at most: whoever makes up new keys without end pushes out what was not used for longest, and costs no more
 * memory. In two halves: what is used moves into the young one, and when that is full the old one goes. So a hit costs one look,
 * and at least the half that was used last stays.
 */
export class BoundedMap<Value> {
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()
  readonly #halfMax: number

  /** @param sizeMax at least two. */
  constructor(sizeMax: number) {
    this.#halfMax = Math.floor(sizeMax / 2)
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    this.#old.delete(key)
    this.#young.set(key, value)
    if (this.#young.size < this.#halfMax) return
    this.#old = this.#young
    this.#young = new Map()
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }
}
