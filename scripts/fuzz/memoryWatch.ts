import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 1_000
const MB = 1024
const LIMIT_MB = 500
/** How much more a process may have in the last third of a run than in the middle one: caches fill in the first. */
const GROWTH_MAX = 1.5

/** Notes how much memory processes have while they are under fire. */
export class MemoryWatch {
  readonly #pids: Record<string, number>
  readonly #samples = new Map<string, number[]>()
  readonly #timer: NodeJS.Timeout

  constructor(pids: Record<string, number>) {
    this.#pids = pids
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  /** @returns a line for each process, and what is wrong. */
  stop(): { lines: string[]; problems: string[] } {
    clearInterval(this.#timer)
    const lines: string[] = []
    const problems: string[] = []
    for (const [name, samples] of this.#samples) {
      const third = Math.max(1, Math.floor(samples.length / 3))
      const most = (values: number[]): number => Math.max(...values)
      const [middle, last] = [most(samples.slice(third, -third)), most(samples.slice(-third))]
      lines.push(`${name}: ${middle} MB at most in the middle third, ${last} MB in the last`)
      if (last > LIMIT_MB || last > middle * GROWTH_MAX)
        problems.push(`the memory of ${name} runs away: ${lines.at(-1)}`)
    }
    return { lines, problems }
  }

  #look(): void {
    for (const [name, pid] of Object.entries(this.#pids)) {
      try {
        const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
        this.#samples.set(name, [...(this.#samples.get(name) ?? []), Math.round(Number(kilobytes) / MB)])
      } catch {
        // It ended, which is found elsewhere.
      }
    }
  }
}
