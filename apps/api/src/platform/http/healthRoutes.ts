import { SECOND } from '@wellness/domain/time'
import type { FastifyInstance } from 'fastify'
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
  let running: Promise<Record<string, 'ok' | 'away'>> | undefined

  async function checkAll() {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await isThere(check)] as const),
    )
    return Object.fromEntries(results.map(([name, there]) => [name, there ? 'ok' : 'away'] as const))
  }

  server.get('/health/live', () => ({ status: 'ok' }))

  server.get('/health/ready', async (request, reply) => {
    // Callers at the same time share one look, so that asking often costs the services nothing.
    running ??= checkAll().finally(() => {
      running = undefined
    })
    const services = await running
    const away = Object.keys(services).filter((name) => services[name] === 'away')
    if (away.length === 0 && !isDraining()) return { status: 'ready', services }
    const message = isDraining() ? 'This process is about to end.' : `Out of reach: ${away.join(', ')}.`
    const problem = new HttpProblem(503, message)
    const status = isDraining() ? 'draining' : 'unavailable'
    return reply.code(503).send({ status, services, ...problem.toAnswer(request.id) })
  })
}

async function isThere(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ANSWERS_WITHIN_MS, false)
  })
  const answered = check().then(
    () => true,
    () => false,
  )
  return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer))
}
