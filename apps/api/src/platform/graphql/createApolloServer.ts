import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache'
import { DOCUMENT_TOKENS_MAX } from '@wellness/domain/limits'
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { documentLimitsRule } from './documentLimitsRule.ts'
import type { HotOperations } from './hotOperations.ts'
import type { KeyGate } from './key-access/keyGate.ts'
import type { CostFormula } from './limits/costFormula.ts'
import { nameOperation } from './nameOperation.ts'
import { noSubscriptionRule } from './noSubscriptionRule.ts'
import { oneCredentialCheckRule } from './oneCredentialCheckRule.ts'
import type { RequestContext } from './requestContext.ts'
import { ERRORS_MAX } from './translateErrors.ts'

/**
 * Of documents that were read and found sound, counted as JSON. In memory each takes three to five times as much, and
 * anybody may send as many different ones as they like; the engine's own 30 MiB would come to 130.
 */
const DOCUMENTS_MAX_BYTES = 4 * 2 ** 20

/** What a document may hold, beside its length. */
export const documentLimits = {
  tokens: DOCUMENT_TOKENS_MAX,
  depth: 10,
  introspectionDepth: 15,
  aliases: 15,
  directives: 10,
}

/** The GraphQL engine, with the limits that hold for every document. */
export function createApolloServer<Context extends RequestContext>(
  schema: GraphQLSchema,
  { logger, hot, gate, costs }: { logger: Logger; hot: HotOperations; gate: KeyGate; costs: CostFormula },
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    logger,
    introspection: true,
    documentStore: new InMemoryLRUCache<DocumentNode>({ maxSize: DOCUMENTS_MAX_BYTES }),
    parseOptions: { maxTokens: documentLimits.tokens },
    maxRecursiveSelections: 10_000,
    validationRules: [documentLimitsRule(documentLimits), oneCredentialCheckRule, noSubscriptionRule],
    executionOptions: { maxCoercionErrors: ERRORS_MAX },
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
      foundFitPlugin({ hot, gate, costs }),
    ],
  })
}

/**
 * Tells what an operation is called, once its document was read and found sound, refuses it to API keys that may not run it,
 * charges for it, and counts it.
 */
function foundFitPlugin({
  hot,
  gate,
  costs,
}: {
  hot: HotOperations
  gate: KeyGate
  costs: CostFormula
}): ApolloServerPlugin<RequestContext> {
  const listener: GraphQLRequestListener<RequestContext> = {
    async didResolveOperation({ source, document, operation, request, contextValue }) {
      if (operation) {
        const { name, field } = nameOperation(operation)
        contextValue.operation.name = name
        contextValue.operation.field = field
        contextValue.operation.document = document
        gate.assertMayRun(document, operation, contextValue.keyScopes)
        await contextValue.operation.budget?.charge(costs.of(document, operation), request.variables ?? {})
        hot.countRun({ text: source, document, operationName: request.operationName ?? null })
      }
    },
  }
  return { requestDidStart: () => Promise.resolve(listener) }
}
