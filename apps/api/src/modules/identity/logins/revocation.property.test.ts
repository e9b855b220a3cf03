import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis, startRedis } from '@wellness/embedded/redis'
import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { testEnv } from '../../../testing/env.ts'
import { step } from '../../../testing/logins/loginSteps.ts'
import { LoginWorld } from '../../../testing/logins/loginWorld.ts'

let redis: Redis
let world: LoginWorld
beforeAll(async () => {
  redis = await startRedis({ port: await findFreePort() })
  world = await LoginWorld.open(redis.url)
})
afterAll(async () => {
  await world.close()
  await redis.stop()
})

/**
 * Attack: whoever has a token, or knows the password, finds an order of events in which ending their login misses it.
 * Histories of a person over two processes and real stores, in which one act waits at any of its requests to PostgreSQL
 * while others are done, several are done at once, processes end and start anew, and Redis is emptied or away. Again and
 * again every token and key there ever was is tried, and held against what was answered before.
 */
test(
  'L10, K3, K6: no request is let in that began after its token or key was revoked, and none is refused before, in every history',
  { timeout: 30 * 60_000 },
  async () => {
    const { propertySeed: seed } = testEnv
    const numRuns = testEnv.propertyRuns(60)
    console.log(
      `logins: seed ${seed}, ${numRuns} runs (PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns} repeats them)`,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10, size: 'max' }), (steps) =>
        world.run(steps),
      ),
      { numRuns, seed },
    )
  },
)
