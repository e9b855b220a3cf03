import { randomInt } from 'node:crypto'
import { parseEnv } from '@wellness/env/parseEnv'
import { variables } from '@wellness/env/variables'
import { z } from 'zod'
import { environment } from '../env.ts'

const SEED_MAX = 2 ** 31 - 1

const schema = z.object({
  FUZZ_SEED: variables
    .integer(0, SEED_MAX)
    .optional()
    .meta({ purpose: 'what decides every request of the run; random when left out', example: '20261122' }),
  FUZZ_RUNS: variables
    .integer(100, 10_000_000)
    .default(40_000)
    .meta({ purpose: 'how many requests are sent', example: '40000' }),
})

/** What whoever starts the run may choose. */
export function readFuzzSettings(): { seed: number; runs: number } {
  const { FUZZ_SEED, FUZZ_RUNS } = parseEnv(schema, environment, { name: 'The run' })
  return { seed: FUZZ_SEED ?? randomInt(SEED_MAX), runs: FUZZ_RUNS }
}
