import { cpuSecondsOf } from './pinnedProcess.ts'
import { generateLoad, type Load } from './loadGenerator.ts'

export interface Side {
  pid: number
  load: Omit<Load, 'durationMs'>
  /** Brings the stores into the state that a turn begins with; not measured. */
  prepare?: () => Promise<void>
}

/** Of one thing to another: the least, the middle and the most of all turns. */
export interface Ratio {
  min: number
  median: number
  max: number
}

const TURN_MS = 2_500
/** Until the engine has compiled what is hot. */
const WARM_UP_MS = 8_000

/**
 * Lets both sides answer in turns, and compares the requests that each answers per second of its processor time. Turns in
 * a row see the same machine, so that what else goes on there weighs on both.
 */
export async function compare(one: Side, other: Side, turns: number): Promise<Ratio> {
  for (const side of [one, other]) await turn(side, WARM_UP_MS)
  const ratios: number[] = []
  for (let index = 0; index < turns; index += 1) {
    // Who comes first changes, so that no side is always the one that finds the stores warm.
    const [first, second] = index % 2 === 0 ? [one, other] : [other, one]
    const rates = new Map([
      [first, await turn(first, TURN_MS)],
      [second, await turn(second, TURN_MS)],
    ])
    ratios.push((rates.get(one) ?? 0) / (rates.get(other) ?? 1))
  }
  ratios.sort((a, b) => a - b)
  return {
    min: ratios[0] ?? 0,
    median: ratios[Math.floor(ratios.length / 2)] ?? 0,
    max: ratios.at(-1) ?? 0,
  }
}

async function turn({ pid, load, prepare }: Side, durationMs: number): Promise<number> {
  await prepare?.()
  const before = cpuSecondsOf(pid)
  const { answers } = await generateLoad({ ...load, durationMs })
  return answers / (cpuSecondsOf(pid) - before)
}
