import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { HttpProblem } from '../http/httpProblem.ts'
import { acceptedMediaType } from './acceptedMediaType.ts'
import type { Deprecations } from './deprecation/deprecations.ts'
import type { ErrorCode } from './errorCode.ts'
import type { Idempotency, Lease } from './idempotency/idempotency.ts'
import { readIdempotencyKey } from './idempotency/readIdempotencyKey.ts'
import { admitContext } from './limits/admitContext.ts'
import { KEPT_LENGTH_MAX, KEPT_POINTS_MAX } from './limits/costLimits.ts'
import type { Outcome, OperationBudget } from './limits/operationBudget.ts'
import type { RefusalDoor } from './limits/refusalDoor.ts'
import { tellBudget } from './limits/tellBudget.ts'
import type { OperationResult, OperationRunner } from './operationRunner.ts'
import { readGraphqlRequest, type TrustedDocuments } from './readGraphqlRequest.ts'
import { refuseForeignRequest } from './refuseForeignRequest.ts'
import type { RequestContext } from './requestContext.ts'
import { RunningOperation } from './runningOperation.ts'
import { translateErrors } from './translateErrors.ts'

export interface GraphqlRouteOptions<Context extends RequestContext> {
  runner: OperationRunner<Context>
  schema: GraphQLSchema
  trusted: TrustedDocuments
  idempotency: Idempotency
  deprecations: Deprecations
  logger: Logger
  /** How long an operation may take, from its headers to its answer. */
  operationTimeoutMs: number
  /** Where those wait who do not heed that they should. */
  door: RefusalDoor
  /** What pays for the request. */
  openBudget(request: FastifyRequest): OperationBudget
  /** Makes the request's context; throws a GraphQLError to refuse the request before anything of it runs. */
  createContext(request: FastifyRequest, operation: RunningOperation): Promise<Context>
}

/** By then a server that was started anew answers again. */
const RETRY_AFTER_SECONDS = 5

/** A mutation that fails with one of these did nothing. After any other error nobody knows. */
const REFUSALS: ReadonlySet<unknown> = new Set<ErrorCode>([
  'BAD_REQUEST',
  'METHOD_NOT_ALLOWED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'REAUTHENTICATION_REQUIRED',
  'FORBIDDEN',
  'RATE_LIMITED',
])

/**
 * GraphQL over HTTP, at /graphql. Apollo's own HTTP layer is passed by: it runs an operation before it looks at Accept,
 * and what it refuses knows no request id.
 */
export function addGraphqlRoute<Context extends RequestContext>(
  server: FastifyInstance,
  {
    runner,
    schema,
    trusted,
    idempotency,
    deprecations,
    logger,
    operationTimeoutMs,
    door,
    openBudget,
    createContext,
  }: GraphqlRouteOptions<Context>,
): void {
  server.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    // Before the body is read: the cheapest refusals come first.
    onRequest(request, reply, done) {
      const mediaType = acceptedMediaType(request.headers.accept)
      if (!mediaType) return done(new HttpProblem(406))
      void reply.header('content-type', mediaType)
      refuseForeignRequest(request)
      door.onRequest(request, reply, done)
    },
    onError: door.onError,
    async handler(request, reply) {
      const received = readGraphqlRequest(request, trusted)
      const key = readIdempotencyKey(request.headers)
      const held: { lease: Lease | null } = { lease: null }
      const budget = openBudget(request)
      const operation = new RunningOperation(operationTimeoutMs, budget)

      const run = async (): Promise<OperationResult | { answered: string }> => {
        const context = await admitContext(budget, runner.estimate(received), () =>
          createContext(request, operation),
        )
        if (key !== null) {
          const admittance = await idempotency.admit(key, context, received)
          if ('answered' in admittance) return admittance
          held.lease = admittance.run
          if (held.lease) budget.lowerCeiling(KEPT_POINTS_MAX)
        }
        return runner.run({ ...received, method: request.method }, context)
      }

      const result = await operation.race(run()).catch(refusal)
      request.operationName = operation.name
      request.operationField = operation.field
      deprecations.tell(operation.document, reply)
      if ('answered' in result) {
        tellBudget(budget, 'nothing ran', reply)
        return reply.header('idempotent-replayed', 'true').send(result.answered)
      }
      const { http, data, errors } = result
      const extensions = tellBudget(budget, outcomeOf(data, errors), reply)
      if (!errors) {
        const body = `{"data":${JSON.stringify(data)}${extensions}}`
        if (held.lease) await settle(held.lease, operation, [], body)
        return reply.send(body)
      }

      const told = translateErrors(errors, {
        requestId: request.id,
        operationName: operation.name,
        variables: received.variables,
        schema,
        logger,
      })
      request.errorCode = (told[0]?.extensions?.['code'] as ErrorCode | undefined) ?? null
      const status = http.status ?? statusWithout(data, told)
      if (status === 401) void reply.header('www-authenticate', 'Bearer')
      if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS)
      for (const [name, value] of http.headers ?? []) void reply.header(name, value)
      const tail = data === undefined ? extensions : `,"data":${JSON.stringify(data)}${extensions}`
      const body = `{"errors":${JSON.stringify(told)}${tail}}`
      if (held.lease) await settle(held.lease, operation, told, status === 200 ? body : null)
      return reply.code(status).send(body)
    },
  })
}

/**
 * Says of a mutation what came of it.
 *
 * @param told the errors of its answer.
 * @param body of an answer that can be given again.
 */
function settle(
  lease: Lease,
  { isRefusedForNow }: RunningOperation,
  told: readonly GraphQLFormattedError[],
  body: string | null,
): Promise<void> {
  if (isRefusedForNow) return lease.forget()
  // Of one with errors only what was asked of its result may have failed: it was carried out, and this is what it answered.
  const hasRun = told.every(({ path }) => path !== undefined && path.length > 1)
  if (hasRun && body !== null && isKept(body)) return lease.keep(body)
  const isRefused = told.every(({ extensions }) => REFUSALS.has(extensions?.['code']))
  return isRefused && !hasRun ? lease.forget() : lease.giveUp()
}

/** Scalars cost no points, and aliases may be long: 10,000 large answers a day and credential would fill Redis. */
function isKept(body: string): boolean {
  return body.length <= KEPT_LENGTH_MAX
}

/**
 * Whoever waited until the time was over has used the time; and where something failed, what was read for the parts that
 * are null now is not seen in the answer.
 */
function outcomeOf(data: unknown, errors: readonly GraphQLError[] | undefined): Outcome {
  if (data !== undefined) return errors ? 'unknown' : { data }
  return errors?.[0]?.extensions['code'] === 'TIMEOUT' ? 'unknown' : 'nothing ran'
}

/** With any data the answer is a 200; without, whoever watches statuses should see that we failed. */
function statusWithout(data: unknown, told: readonly GraphQLFormattedError[]): number {
  if (data != null) return 200
  const codes = told.map(({ extensions }) => extensions?.['code'])
  if (codes.includes('SERVICE_UNAVAILABLE')) return 503
  if (codes.includes('TIMEOUT')) return 504
  return codes.includes('INTERNAL_SERVER_ERROR') ? 500 : 200
}

/** The answer when there was no operation to answer: no context, or no time. */
function refusal(thrown: unknown): OperationResult {
  const error =
    thrown instanceof GraphQLError
      ? thrown
      : new GraphQLError('', { originalError: thrown instanceof Error ? thrown : new Error(String(thrown)) })
  return {
    http: (error.extensions['http'] as OperationResult['http'] | undefined) ?? {},
    errors: [error],
  }
}
