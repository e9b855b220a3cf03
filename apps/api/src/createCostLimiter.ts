import type { Metrics } from '@wellness/telemetry/metrics'
import { CostLimiter } from './platform/graphql/limits/costLimiter.ts'
import type { Services } from './services.ts'

/** The limits on what requests cost, and what Prometheus is told of them. */
export function createCostLimiter({ env, redis, keys, clock }: Services, metrics: Metrics): CostLimiter {
  const points = metrics.addCounter({
    name: 'wellness_points_total',
    help: 'Points of requests that were charged, refunded or refused',
    labelNames: ['bucket', 'what'],
  })
  const limiter = new CostLimiter({
    redis,
    keys,
    clock,
    factor: env.RATE_LIMIT_FACTOR,
    onPoints: (bucket, what, count) => points.inc({ bucket, what }, count),
  })
  metrics.addGauge({
    name: 'wellness_limits_local',
    help: 'Whether this process keeps the limits by itself, since Redis is away',
    collect: (gauge) => gauge.set(limiter.isRedisAway ? 1 : 0),
  })
  return limiter
}
