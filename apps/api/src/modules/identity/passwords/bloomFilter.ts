import { hash } from 'node:crypto'

export interface BloomFilterData {
  /** Base64, as long as the entries ask for. */
  bits: string
  /** How many bits each entry sets. */
  hashes: number
}

/**
 * A set that can be asked and not read, in a few bytes an entry. What is in it is always found; of what is not, a small
 * share is found too.
 */
export class BloomFilter {
  readonly #bits: Buffer
  readonly #hashes: number

  constructor({ bits, hashes }: BloomFilterData) {
    this.#bits = Buffer.from(bits, 'base64')
    this.#hashes = hashes
  }

  static build(entries: readonly string[], bitsPerEntry: number): BloomFilterData {
    const bits = Buffer.alloc(Math.ceil((entries.length * bitsPerEntry) / 8))
    // The number at which the fewest strangers are found.
    const hashes = Math.max(1, Math.round(bitsPerEntry * Math.LN2))
    for (const entry of entries) {
      for (const place of placesOf(entry, hashes, bits.length * 8)) {
        bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7))
      }
    }
    return { bits: bits.toString('base64'), hashes }
  }

  has(entry: string): boolean {
    for (const place of placesOf(entry, this.#hashes, this.#bits.length * 8)) {
      if (((this.#bits[place >> 3] ?? 0) & (1 << (place & 7))) === 0) return false
    }
    return true
  }
}

/** Two halves of one digest stand for as many hashes as are asked for. */
function* placesOf(entry: string, hashes: number, size: number): Generator<number> {
  const digest = hash('sha256', entry, 'buffer')
  const first = digest.readUIntBE(0, 6) % size
  const step = 1 + (digest.readUIntBE(6, 6) % (size - 1))
  for (let index = 0; index < hashes; index += 1) yield (first + index * step) % size
}
