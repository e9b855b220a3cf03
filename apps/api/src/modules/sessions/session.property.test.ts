import { findFreePort } from '@wellness/embedded/freePort'
import { type Redis, startRedis } from '@wellness/embedded/redis'
import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { cloneDatabase } from '../../testing/cloneDatabase.ts'
import { testEnv } from '../../testing/env.ts'
import { step } from '../../testing/sessions/sessionSteps.ts'
import { SessionWorld } from '../../testing/sessions/sessionWorld.ts'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let redis: Redis
let world: SessionWorld
beforeAll(async () => {
  database = await cloneDatabase()
  redis = await startRedis({ port: await findFreePort() })
  world = await SessionWorld.open(database.url, redis.url)
})
afterAll(async () => {
  await world.close()
  await redis.stop()
  await database.drop()
})

/**
 * Histories of two users in two processes over real stores, in which anything may happen between any two steps: time
 * passes, Redis is emptied or away, answers are lost, processes die, several act at once. After every step the records
 * are held against what the callers were told.
 */
test('the invariants of sessions hold in every history', { timeout: 30 * 60_000 }, async () => {
  const { propertySeed: seed } = testEnv
  const numRuns = testEnv.propertyRuns(150)
  console.log(
    `sessions: seed ${seed}, ${numRuns} runs (PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns} repeats them)`,
  )
  const history = fc.record({
    skewMs: fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })),
    isWorkerRunning: fc.boolean(),
    steps: fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
  })
  await fc.assert(
    fc.asyncProperty(history, fc.scheduler(), (lived, scheduler) => world.run(lived, scheduler)),
    { numRuns, seed },
  )
})
