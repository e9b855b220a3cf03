import type { Metrics } from '@wellness/telemetry/metrics'
import type { FastifyInstance } from 'fastify'
import { createHttpServer } from './platform/http/createHttpServer.ts'
import { addHealthRoutes } from './platform/http/healthRoutes.ts'
import { WebCaller } from './platform/http/webCaller.ts'
import { addMetricsRoute } from './platform/metrics/metricsRoute.ts'
import { pingRedis } from './platform/redis/pingRedis.ts'
import type { Services } from './services.ts'

/** Where the worker tells of itself: health and metrics, and nothing to do. */
export function createWorkerServer(
  { env, logger, orm, redis }: Services,
  metrics: Metrics,
  isDraining: () => boolean,
): FastifyInstance {
  const webCaller = new WebCaller(env.WEB_API_SECRET)
  const server = createHttpServer({ logger, webCaller, trustedProxies: [], isDraining })
  addHealthRoutes(server, {
    checks: {
      postgres: () => orm.em.getConnection().execute('select 1'),
      redis: () => pingRedis(redis),
    },
    isDraining,
  })
  addMetricsRoute(server, { metrics, token: env.METRICS_TOKEN })
  return server
}
