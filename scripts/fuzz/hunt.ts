import fc from 'fast-check'
import type { FuzzRequest } from './fuzzRequest.ts'

export interface Finding {
  problem: string
  /** The smallest request that was found to show it. */
  request: FuzzRequest
}

const SMALLER_TRIES_MAX = 200

/**
 * Asks until the time or the runs are over. A request that shows something wrong is made smaller as long as the same
 * is wrong; what is known then is not looked for again.
 */
export async function hunt(
  requests: fc.Arbitrary<FuzzRequest>,
  ask: (request: FuzzRequest) => Promise<string[]>,
  options: { seed: number; runs: number; until: number; known: Set<string>; isPointless: () => boolean },
): Promise<Finding[]> {
  const { known, until } = options
  const findings: Finding[] = []
  let left = options.runs
  for (let round = 0; left > 0 && Date.now() < until && !options.isPointless(); round += 1) {
    let wanted: string | null = null
    const all: string[] = []
    let smallerTries = 0
    const property = fc.asyncProperty(requests, async (request) => {
      if (options.isPointless()) return
      if (wanted !== null && ++smallerTries > SMALLER_TRIES_MAX) return
      const problems = await ask(request)
      const fresh = problems.filter((problem) => !known.has(problem))
      const problem = wanted ?? fresh[0]
      if (problem === undefined || !problems.includes(problem)) return
      wanted = problem
      // Whatever is sent to a server that stands still shows the same: only the first request tells something.
      if (problem === 'no answer and no end') smallerTries = SMALLER_TRIES_MAX
      for (const other of fresh) {
        known.add(other)
        all.push(other)
      }
      throw new Error(problem)
    })
    const result = await fc.check(property, {
      // Every round goes its own way, which the seed of the run alone decides.
      seed: options.seed + round * 1_000_003,
      numRuns: left,
      interruptAfterTimeLimit: Math.max(1, until - Date.now()),
      markInterruptAsFailure: false,
    })
    left -= Math.max(1, result.numRuns)
    const [request] = result.counterexample ?? []
    if (wanted === null || !request) {
      if (result.failed) throw new Error('A request could not be judged', { cause: result.errorInstance })
      break
    }
    findings.push({ problem: all.join('; '), request })
  }
  return findings
}
