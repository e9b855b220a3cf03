import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { Readable } from 'node:stream'
import { RunningOperation } from '../../platform/graphql/runningOperation.ts'
import { UserProblem } from '../../platform/graphql/userProblem.ts'
import { HttpProblem } from '../../platform/http/httpProblem.ts'
import { requireLogin } from '../identity/logins/requireLogin.ts'
import type { UserDataContext } from './userData.context.ts'

export interface UserExportRouteOptions {
  /** How long it may take until the first byte; what comes then is as slow as who takes it. */
  operationTimeoutMs: number
  createContext(request: FastifyRequest, operation: RunningOperation): Promise<UserDataContext>
}

/** `/export/account.json`: everything about who asks, for a login with a recent proof. */
export function addUserExportRoute(
  server: FastifyInstance,
  { operationTimeoutMs, createContext }: UserExportRouteOptions,
): void {
  server.get('/export/account.json', { exposeHeadRoute: false }, async (request, reply) => {
    const operation = new RunningOperation(operationTimeoutMs)
    async function begin() {
      const context = await createContext(request, operation)
      const viewer = requireLogin(context)
      const { em, client, requestId, userExport } = context
      return userExport.begin(em, { viewer, client, requestId })
    }
    const pieces = await operation.race(begin()).catch((error: unknown) => {
      throw toHttpProblem(error)
    })
    void reply.header('content-disposition', 'attachment; filename="wellness-account.json"')
    return reply.send(Readable.from(pieces))
  })
}

/** What GraphQL would tell in its answer is told by the status here. */
function toHttpProblem(error: unknown): unknown {
  if (error instanceof UserProblem) {
    const [detail] = error.details
    if (detail?.code === 'REAUTHENTICATION_REQUIRED') return new HttpProblem(403, detail.message)
    if (detail?.code === 'TOO_MANY_ATTEMPTS') {
      return new HttpProblem(429, detail.message, { 'retry-after': String(detail.retryAfterSeconds ?? 1) })
    }
  }
  if (error instanceof GraphQLError) {
    const { code } = error.extensions
    if (code === 'UNAUTHENTICATED') return new HttpProblem(401, error.message)
    if (code === 'FORBIDDEN') return new HttpProblem(403, error.message, {}, code)
  }
  return error
}
