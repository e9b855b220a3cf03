import type { Metrics } from '@wellness/telemetry/metrics'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller, CostLimiter } from './platform/graphql/limits/costLimiter.ts'
import { RefusalDoor } from './platform/graphql/limits/refusalDoor.ts'

interface RefusalDoorParts {
  limiter: CostLimiter
  callerOf: (request: FastifyRequest) => Caller
  metrics: Metrics
}

/** The door before what costs points, and what Prometheus is told of it; a server that closes waits for nobody there. */
export function addRefusalDoor(
  server: FastifyInstance,
  { limiter, callerOf, metrics }: RefusalDoorParts,
): RefusalDoor {
  const door = new RefusalDoor(limiter, callerOf)
  server.addHook('preClose', (done) => {
    door.close()
    done()
  })
  metrics.addGauge({
    name: 'wellness_requests_held',
    help: 'Requests of clients that ask again before their time, held until it has come',
    collect: (gauge) => gauge.set(door.heldCount),
  })
  return door
}
