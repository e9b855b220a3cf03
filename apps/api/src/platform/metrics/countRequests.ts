import type { Metrics } from '@wellness/telemetry/metrics'
import { RequestMetrics } from '@wellness/telemetry/requestMetrics'
import type { FastifyInstance } from 'fastify'

/** What reads this very server all day long, and says nothing of what people do. */
const WATCHING = new Set(['/metrics', '/health/live', '/health/ready'])

/**
 * Counts what was answered. The name of an operation is a field of our schema or an address of ours, never what a client
 * called its document; the outcome is one of our codes.
 */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  const requests = new RequestMetrics(metrics)
  metrics.addGauge({
    name: 'wellness_requests_running',
    help: 'Requests that are being answered',
    collect: (gauge) => gauge.set(server.runningRequests.count),
  })
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown address'
    if (!WATCHING.has(route)) {
      const operation = route === '/graphql' ? (request.operationField ?? 'unreadable') : route
      requests.record(operation, request.errorCode ?? 'OK', reply.elapsedTime)
    }
    done()
  })
}
