import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { Readable } from 'node:stream'
import { isDatabaseAway } from '../../platform/database/isDatabaseAway.ts'
import { admitContext } from '../../platform/graphql/limits/admitContext.ts'
import { pointsOf } from '../../platform/graphql/limits/costLimits.ts'
import type { OperationBudget } from '../../platform/graphql/limits/operationBudget.ts'
import type { RefusalDoor } from '../../platform/graphql/limits/refusalDoor.ts'
import { tellBudget } from '../../platform/graphql/limits/tellBudget.ts'
import { RunningOperation } from '../../platform/graphql/runningOperation.ts'
import { UserProblem } from '../../platform/graphql/userProblem.ts'
import { HttpProblem } from '../../platform/http/httpProblem.ts'
import { requireLogin } from '../identity/logins/requireLogin.ts'
import type { UserDataContext } from './userData.context.ts'

export interface UserExportRouteOptions {
  /** How long it may take until the first byte; what comes then is as slow as who takes it. */
  operationTimeoutMs: number
  /** Where those wait who do not heed that they should. */
  door: RefusalDoor
  /** What pays for the request. */
  openBudget(request: FastifyRequest): OperationBudget
  createContext(request: FastifyRequest, operation: RunningOperation): Promise<UserDataContext>
}

/** `/export/account.json`: everything about who asks, for a login with a recent proof. */
export function addUserExportRoute(
  server: FastifyInstance,
  { operationTimeoutMs, door, openBudget, createContext }: UserExportRouteOptions,
): void {
  const options = { exposeHeadRoute: false, onRequest: door.onRequest }
  server.get('/export/account.json', options, async (request, reply) => {
    const budget = openBudget(request)
    const operation = new RunningOperation(operationTimeoutMs)
    async function begin() {
      const context = await admitContext(budget, pointsOf.accountCopy, () =>
        createContext(request, operation),
      )
      const viewer = requireLogin(context)
      const { em, client, requestId, userExport } = context
      return userExport.begin(em, { viewer, client, requestId })
    }
    const pieces = await operation.race(begin()).catch((error: unknown) => {
      tellBudget(budget, 'nothing ran', reply)
      throw toHttpProblem(error)
    })
    tellBudget(budget, 'unknown', reply)
    void reply.header('content-disposition', 'attachment; filename="wellness-account.json"')
    return reply.send(Readable.from(pieces))
  })
}

/** By then a server that was started anew answers again. */
const RETRY_AFTER_SECONDS = '5'

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
    const { code, http } = error.extensions as {
      code: unknown
      http?: { headers?: Iterable<[string, string]> }
    }
    if (code === 'RATE_LIMITED')
      return new HttpProblem(429, error.message, Object.fromEntries(http?.headers ?? []))
    if (code === 'UNAUTHENTICATED') return new HttpProblem(401, error.message)
    if (code === 'FORBIDDEN') return new HttpProblem(403, error.message, {}, code)
    if (code === 'TIMEOUT') return new HttpProblem(504)
  }
  return isDatabaseAway(error)
    ? new HttpProblem(503, undefined, { 'retry-after': RETRY_AFTER_SECONDS })
    : error
}
