import { SECOND } from '@wellness/domain/time'
import type { FastifyInstance } from 'fastify'
import { Probe } from '../metrics/probe.ts'
import { HttpProblem } from './httpProblem.ts'

/** How long a service may take to say that it is there. */
const ANSWERS_WITHIN_MS = SECOND

export interface HealthOptions {
  /** By name, what asks a service whether it is there, and rejects when it is not. */
  checks: Record<string, () => Promise<unknown>>
  isDraining(): boolean
}

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, and a balancer may send requests: all services
 * answer in time, and the process is not on its way out. The answer names each service.
 */
export function addHealthRoutes(server: FastifyInstance, { checks, isDraining }: HealthOptions): void {
  // Callers at the same time share one look, so that asking often costs the services nothing.
  const probes = Object.entries(checks).map(
    ([name, check]) => [name, new Probe(check, ANSWERS_WITHIN_MS)] as const,
  )

  server.get('/health/live', () => ({ status: 'ok' }))

  server.get('/health/ready', async (request, reply) => {
    const services = Object.fromEntries(
      await Promise.all(
        probes.map(async ([name, probe]) => [name, (await probe.run()) ? 'ok' : 'away'] as const),
      ),
    )
    const away = Object.keys(services).filter((name) => services[name] === 'away')
    if (away.length === 0 && !isDraining()) return { status: 'ready', services }
    const message = isDraining() ? 'This process is about to end.' : `Out of reach: ${away.join(', ')}.`
    const problem = new HttpProblem(503, message)
    const status = isDraining() ? 'draining' : 'unavailable'
    return reply.code(503).send({ status, services, ...problem.toAnswer(request.id) })
  })
}
