import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache'
import {
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Logger } from 'pino'
import { CompiledExecutor } from './compiledExecutor.ts'
import { documentLimitsRule } from './documentLimitsRule.ts'
import { noSubscriptionRule } from './noSubscriptionRule.ts'
import { oneCredentialCheckRule } from './oneCredentialCheckRule.ts'
import type { RequestContext } from './requestContext.ts'
import { ERRORS_MAX } from './translateErrors.ts'

const OPERATION_NAME_MAX_LENGTH = 100
/**
 * Of documents that were read and found sound, counted as JSON. In memory each takes three to five times as much, and
 * anybody may send as many different ones as they like; the engine's own 30 MiB would come to 130.
 */
const DOCUMENTS_MAX_BYTES = 4 * 2 ** 20

/** The GraphQL engine, with the limits that hold for every document. */
export function createApolloServer<Context extends RequestContext>(
  schema: GraphQLSchema,
  { logger, runsBeforeCompiling }: { logger: Logger; runsBeforeCompiling?: number | undefined },
): ApolloServer<Context> {
  const executor = new CompiledExecutor(schema, { maxCoercionErrors: ERRORS_MAX, runsBeforeCompiling })
  return new ApolloServer<Context>({
    gateway: executorGateway(schema, executor),
    logger,
    introspection: true,
    documentStore: new InMemoryLRUCache<DocumentNode>({ maxSize: DOCUMENTS_MAX_BYTES }),
    parseOptions: { maxTokens: 1_000 },
    maxRecursiveSelections: 10_000,
    validationRules: [
      documentLimitsRule({ depth: 10, introspectionDepth: 15, aliases: 15, directives: 10 }),
      oneCredentialCheckRule,
      noSubscriptionRule,
    ],
    validationOptions: { maxErrors: ERRORS_MAX, hideSuggestions: true },
    // Errors leave the engine as they were thrown; translateErrors then decides, where the request is known.
    formatError: (_formatted, error) => error as GraphQLFormattedError,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      // The cache-control plugin runs on every field and doubles the CPU a request costs.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      operationNamePlugin,
    ],
  })
}

/** Takes the operation's name out of the document, where the grammar has kept everything but letters out of it. */
const operationNamePlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () => Promise.resolve(operationNameListener),
}

const operationNameListener = {
  didResolveOperation({
    operationName,
    operation: definition,
    contextValue: { operation },
  }: {
    operationName: string | null
    operation?: OperationDefinitionNode | undefined
    contextValue: RequestContext
  }): Promise<void> {
    operation.name = operationName?.slice(0, OPERATION_NAME_MAX_LENGTH) ?? null
    operation.field = definition ? fieldOf(definition.selectionSet) : null
    return Promise.resolve()
  },
}

/** The one field that is asked for, which the schema knows by now; or that there are several, or fragments. */
function fieldOf({ selections }: SelectionSetNode): string {
  const [first, ...others] = selections
  return first?.kind === Kind.FIELD && others.length === 0 ? first.name.value : 'several'
}

type Gateway = NonNullable<ApolloServerOptions<RequestContext>['gateway']>

/** The engine lets nobody but a gateway run operations in another way than its own. */
function executorGateway(schema: GraphQLSchema, executor: CompiledExecutor): Gateway {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => undefined
    },
    load: () =>
      Promise.resolve({
        executor: ({ document, request, context }) =>
          executor.execute({
            document,
            // As it was sent: the name beside it is that of the operation which was found, and no name would run any.
            operationName: request.operationName ?? null,
            variables: request.variables,
            contextValue: context as RequestContext,
          }),
      }),
    stop: () => Promise.resolve(),
  }
}
