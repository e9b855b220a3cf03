import { addProcessMetrics } from '@wellness/telemetry/addProcessMetrics'
import { Metrics } from '@wellness/telemetry/metrics'
import { addHashMetrics } from './modules/identity/passwords/addHashMetrics.ts'
import { addSessionMetrics } from './modules/sessions/addSessionMetrics.ts'
import { addJobMetrics } from './platform/jobs/addJobMetrics.ts'
import { addPostgresMetrics } from './platform/metrics/addPostgresMetrics.ts'
import { addRedisMetrics } from './platform/metrics/addRedisMetrics.ts'
import type { Services } from './services.ts'

/** What API and worker both tell of themselves; each adds what only it does. */
export function createMetrics({ env, orm, redis, identity, repeatedWork }: Services): Metrics {
  const metrics = new Metrics()
  addProcessMetrics(metrics)
  addPostgresMetrics(metrics, { orm, poolMax: env.DATABASE_POOL_MAX })
  addRedisMetrics(metrics, redis)
  addJobMetrics(metrics, { orm, repeatedWork })
  addSessionMetrics(metrics, { orm })
  addHashMetrics(metrics, identity.bcryptPool)
  return metrics
}
