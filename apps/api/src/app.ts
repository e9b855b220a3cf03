import 'reflect-metadata'
import { SECOND } from '@wellness/domain/time'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ApiContext, createContextFactory } from './context.ts'
import { createMetrics } from './createMetrics.ts'
import type { ApiEnv } from './env.ts'
import { apiKeySecret } from './modules/identity/api-keys/apiKeySecret.ts'
import { addUserExportRoute } from './modules/user-data/userExportRoute.ts'
import { createApolloServer } from './platform/graphql/createApolloServer.ts'
import { Deprecations } from './platform/graphql/deprecation/deprecations.ts'
import { addGraphqlRoute } from './platform/graphql/graphqlRoute.ts'
import type { RunningOperation } from './platform/graphql/runningOperation.ts'
import { Idempotency } from './platform/graphql/idempotency/idempotency.ts'
import { HotOperations } from './platform/graphql/hotOperations.ts'
import { KeyGate } from './platform/graphql/key-access/keyGate.ts'
import type { Caller } from './platform/graphql/limits/costLimiter.ts'
import { CostFormula } from './platform/graphql/limits/costFormula.ts'
import { OperationBudget } from './platform/graphql/limits/operationBudget.ts'
import { addRefusalDoor } from './addRefusalDoor.ts'
import { createCostLimiter } from './createCostLimiter.ts'
import { OperationRunner } from './platform/graphql/operationRunner.ts'
import { addSchemaRoute } from './platform/graphql/schemaRoute.ts'
import { closeHttpServer } from './platform/http/closeHttpServer.ts'
import { createHttpServer } from './platform/http/createHttpServer.ts'
import { addHealthRoutes } from './platform/http/healthRoutes.ts'
import { WebCaller } from './platform/http/webCaller.ts'
import { countRequests } from './platform/metrics/countRequests.ts'
import { addMetricsRoute } from './platform/metrics/metricsRoute.ts'
import { pingRedis } from './platform/redis/pingRedis.ts'
import { traceRequests } from './platform/tracing/traceRequests.ts'
import { createSchema } from './schema.ts'
import trustedDocuments from './trustedDocuments.json' with { type: 'json' }
import { createServices, type ServiceOverrides, type Services } from './services.ts'

/** How long an operation may take, PostgreSQL and all. */
export const OPERATION_TIMEOUT_MS = 10 * SECOND

export interface AppOverrides extends ServiceOverrides {
  /** Resolvers that only a test needs, such as one that throws. */
  extraResolvers?: readonly (new () => object)[]
  /** A shorter time for operations, so that a test need not wait. */
  operationTimeoutMs?: number
  /** How often the engine runs an operation before it is hot. */
  runsBeforeHot?: number
}

export interface App {
  server: FastifyInstance
  services: Services
  /** Says from now on that it is not ready, so that balancers send nothing more; what comes is still answered. */
  drain(): void
  /** Takes no more requests, finishes those that run, and lets go of everything. */
  close(): Promise<void>
}

/** Builds the API out of its parts: everything is injected here, by hand. */
export async function createApp(env: ApiEnv, overrides: AppOverrides = {}): Promise<App> {
  const services = createServices(env, 'api', overrides)
  const { logger, orm, redis, tracing } = services
  const metrics = createMetrics(services)
  const schema = createSchema(overrides.extraResolvers)
  const hot = new HotOperations(schema, {
    runsBeforeHot: overrides.runsBeforeHot,
    trusted: Object.values(trustedDocuments),
  })
  const gate = new KeyGate(schema)
  const costs = new CostFormula(schema)
  const apollo = createApolloServer<ApiContext>(schema, { logger, hot, gate, costs })
  const runner = new OperationRunner(apollo, { hot, gate, costs })
  const limiter = createCostLimiter(services, metrics)
  const idempotency = new Idempotency({ ...services, schema, gate })
  const createContext = createContextFactory(services)
  const webCaller = new WebCaller(env.WEB_API_SECRET)
  let draining = false
  const isDraining = () => draining
  await apollo.start()

  const server = createHttpServer({ logger, webCaller, trustedProxies: env.TRUSTED_PROXIES, isDraining })
  countRequests(server, metrics)
  if (tracing) traceRequests(server, tracing, webCaller)
  addSchemaRoute(server, schema)
  addMetricsRoute(server, { metrics, token: env.METRICS_TOKEN })
  addHealthRoutes(server, {
    checks: {
      postgres: () => orm.em.getConnection().execute('select 1'),
      redis: () => pingRedis(redis),
    },
    isDraining,
  })
  const callerOf = ({ headers, ip }: FastifyRequest): Caller => {
    const { authorization } = headers
    const { ipAddress, isWeb } = webCaller.origin(headers, ip)
    // A page passes on the keys that are typed into it: those are programs', and pay and wait as from anywhere.
    return { authorization, ipAddress, isWeb: isWeb && !apiKeySecret.isMeantBy(authorization) }
  }
  const operations = {
    door: addRefusalDoor(server, { limiter, callerOf, metrics }),
    openBudget: (request: FastifyRequest) => new OperationBudget(limiter, callerOf(request)),
    operationTimeoutMs: overrides.operationTimeoutMs ?? OPERATION_TIMEOUT_MS,
    createContext: ({ id, headers, ip }: FastifyRequest, operation: RunningOperation) =>
      createContext({
        requestId: id,
        operation,
        client: webCaller.client(headers, ip),
        authorization: headers.authorization,
      }),
  }
  addGraphqlRoute(server, {
    runner,
    schema,
    trusted: trustedDocuments,
    idempotency,
    deprecations: new Deprecations(schema),
    logger,
    ...operations,
  })
  addUserExportRoute(server, operations)

  return {
    server,
    services,
    drain() {
      draining = true
    },
    async close() {
      draining = true
      await closeHttpServer(server)
      await apollo.stop()
      await services.close()
    },
  }
}
