import type { Metrics } from '@wellness/telemetry/metrics'
import type { RedisClient } from '../redis/connectRedis.ts'
import { pingRedis } from '../redis/pingRedis.ts'
import { Probe } from './probe.ts'

const ANSWERS_WITHIN_MS = 1_000

/** Whether Redis answers, and how fast. */
export function addRedisMetrics(metrics: Metrics, redis: RedisClient): void {
  const isUp = metrics.addGauge({
    name: 'wellness_redis_up',
    help: 'Whether Redis answered within a second',
  })
  const latency = metrics.addGauge({
    name: 'wellness_redis_latency_seconds',
    help: 'How long Redis took to answer',
  })
  const probe = new Probe(async () => {
    const start = performance.now()
    await pingRedis(redis)
    return (performance.now() - start) / 1_000
  }, ANSWERS_WITHIN_MS)

  metrics.addLookup(async () => {
    const answer = await probe.run()
    isUp.set(answer ? 1 : 0)
    if (answer) latency.set(answer.value)
    else latency.remove()
  })
}
