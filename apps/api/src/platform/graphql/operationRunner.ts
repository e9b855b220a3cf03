import { type ApolloServer, HeaderMap } from '@apollo/server'
import type { GraphQLError } from 'graphql'
import type { HotOperation, HotOperations } from './hotOperations.ts'
import type { KeyGate } from './key-access/keyGate.ts'
import type { CostFormula } from './limits/costFormula.ts'
import { OPERATION_POINTS_MAX, pointsOf } from './limits/costLimits.ts'
import type { GraphqlRequest } from './readGraphqlRequest.ts'
import type { RequestContext } from './requestContext.ts'

/** What came of an operation: its data, and its errors as they were thrown. */
export interface OperationResult {
  http: { status?: number | undefined; headers?: Iterable<readonly [string, string]> }
  data?: unknown
  errors?: readonly GraphQLError[] | undefined
}

/**
 * Runs operations. Apollo reads documents, refuses what is not sound, and stays the measure of every error; an operation
 * that it found fit again and again runs past it. What such a query does not answer without any error is asked of Apollo
 * once more: asking a query twice changes nothing. A mutation of which nothing ran is asked of it, too.
 */
export class OperationRunner<Context extends RequestContext> {
  readonly #apollo: ApolloServer<Context>
  readonly #hot: HotOperations
  readonly #gate: KeyGate
  readonly #costs: CostFormula

  constructor(
    apollo: ApolloServer<Context>,
    { hot, gate, costs }: { hot: HotOperations; gate: KeyGate; costs: CostFormula },
  ) {
    this.#apollo = apollo
    this.#hot = hot
    this.#gate = gate
    this.#costs = costs
  }

  /** What to charge before anything else is known: the whole cost of a hot operation, and of others that they are read. */
  estimate({ query, operationName, variables }: GraphqlRequest): number {
    const hot = this.#hot.find(query, operationName)
    const points = hot ? this.#costs.of(hot.document, hot.definition).requested(variables) : 0
    return points > OPERATION_POINTS_MAX ? pointsOf.request : Math.max(points, pointsOf.request)
  }

  /**
   * @throws FORBIDDEN when an API key may not run it; RATE_LIMITED or BAD_USER_INPUT when it costs more than there is, or than
   *   any operation may.
   */
  async run(request: GraphqlRequest & { method: string }, contextValue: Context): Promise<OperationResult> {
    const hot = this.#hot.find(request.query, request.operationName)
    // A mutation by GET is refused, which Apollo does.
    if (!hot || (hot.isMutation && request.method === 'GET')) return this.#runByApollo(request, contextValue)
    const { operation } = contextValue
    operation.name = hot.name
    operation.field = hot.field
    operation.document = hot.document
    this.#gate.assertMayRun(hot.document, hot.definition, contextValue.keyScopes)
    await operation.budget?.charge(this.#costs.of(hot.document, hot.definition), request.variables)
    const { data, errors } = await hot.execute(request.variables, contextValue)
    if (!errors) return { http: {}, data }
    // Without data none of it ran: the variables did not fit.
    if (hot.isMutation && data !== undefined) return { http: httpOf(errors), data, errors }
    return this.#askAgain(hot, request, contextValue)
  }

  async #askAgain(
    hot: HotOperation,
    request: GraphqlRequest & { method: string },
    contextValue: Context,
  ): Promise<OperationResult> {
    const answer = await this.#runByApollo(request, contextValue)
    if (!answer.errors && !hot.isMutation) this.#hot.leaveToEngine(hot)
    return answer
  }

  async #runByApollo(
    { query, operationName, variables, method }: GraphqlRequest & { method: string },
    contextValue: Context,
  ): Promise<OperationResult> {
    const { body, http } = await this.#apollo.executeOperation(
      {
        query,
        variables,
        ...(operationName !== null && { operationName }),
        // By this the engine knows that no mutation may run; nothing else of it is read.
        ...(method === 'GET' && {
          http: { method: 'GET', headers: new HeaderMap(), search: '', body: null },
        }),
      },
      { contextValue },
    )
    if (body.kind !== 'single') throw new Error('Only whole answers are sent')
    const { data, errors } = body.singleResult
    // The engine was told to leave its errors as they are: see formatError in createApolloServer.
    return { http, data, errors: errors as readonly GraphQLError[] | undefined }
  }
}

/** The head of the answer, as an error asks for it. */
function httpOf(errors: readonly GraphQLError[]): OperationResult['http'] {
  for (const { extensions } of errors) {
    if (extensions['http']) return extensions['http']
  }
  return {}
}
