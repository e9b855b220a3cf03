import { mayReadMetrics } from '@wellness/telemetry/mayReadMetrics'
import type { Metrics } from '@wellness/telemetry/metrics'
import type { FastifyInstance } from 'fastify'
import { HttpProblem } from '../http/httpProblem.ts'

/** `/metrics`, for this machine and for who has the token; for everybody else there is nothing at this address. */
export function addMetricsRoute(
  server: FastifyInstance,
  { metrics, token }: { metrics: Metrics; token: string | undefined },
): void {
  server.get('/metrics', { exposeHeadRoute: false }, async (request, reply) => {
    if (!mayReadMetrics(request.raw, token)) throw new HttpProblem(404)
    return reply.type(metrics.contentType).send(await metrics.read())
  })
}
