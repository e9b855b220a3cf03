import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { HttpProblem } from '../http/httpProblem.ts'
import { acceptedMediaType } from './acceptedMediaType.ts'
import type { ErrorCode } from './errorCode.ts'
import type { OperationResult, OperationRunner } from './operationRunner.ts'
import { readGraphqlRequest } from './readGraphqlRequest.ts'
import { refuseForeignRequest } from './refuseForeignRequest.ts'
import type { RequestContext } from './requestContext.ts'
import { RunningOperation } from './runningOperation.ts'
import { translateErrors } from './translateErrors.ts'

export interface GraphqlRouteOptions<Context extends RequestContext> {
  runner: OperationRunner<Context>
  schema: GraphQLSchema
  logger: Logger
  /** How long an operation may take, from its headers to its answer. */
  operationTimeoutMs: number
  /** Makes the request's context; throws a GraphQLError to refuse the request before anything of it runs. */
  createContext(request: FastifyRequest, operation: RunningOperation): Promise<Context>
}

/** By then a server that was started anew answers again. */
const RETRY_AFTER_SECONDS = 5

/**
 * GraphQL over HTTP, at /graphql. Apollo's own HTTP layer is passed by: it runs an operation before it looks at Accept,
 * and what it refuses knows no request id.
 */
export function addGraphqlRoute<Context extends RequestContext>(
  server: FastifyInstance,
  { runner, schema, logger, operationTimeoutMs, createContext }: GraphqlRouteOptions<Context>,
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
      done()
    },
    async handler(request, reply) {
      const received = readGraphqlRequest(request)
      const operation = new RunningOperation(operationTimeoutMs)

      const run = async (): Promise<OperationResult> =>
        runner.run({ ...received, method: request.method }, await createContext(request, operation))

      const { http, data, errors } = await operation.race(run()).catch(refusal)
      request.operationName = operation.name
      request.operationField = operation.field
      if (!errors) return reply.send(JSON.stringify({ data }))

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
      return reply.code(status).send(JSON.stringify({ errors: told, ...(data !== undefined && { data }) }))
    },
  })
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
