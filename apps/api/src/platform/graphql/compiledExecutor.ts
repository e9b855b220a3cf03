import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import { isCompilable } from './isCompilable.ts'
import type { RequestContext } from './requestContext.ts'

/** What is asked once or twice costs less as it stands: a stranger's thousand documents are not compiled. */
const RUNS_BEFORE_COMPILING = 10
/** At most some 200 kB each. With more, all are forgotten, and those that are in use are compiled anew. */
const COMPILED_MAX = 200

export interface Execution {
  document: DocumentNode
  operationName: string | null
  variables: Record<string, unknown> | undefined
  contextValue: RequestContext
}

export interface CompiledExecutorOptions {
  maxCoercionErrors: number
  runsBeforeCompiling?: number | undefined
}

/**
 * Runs operations. A small query that comes again and again is compiled to a function, since the engine walks its
 * selections anew for every row. The engine stays the measure: whatever a compiled query does not answer without any
 * error is asked of the engine once more, so that errors are its own; and where that finds none, the query is not compiled
 * any longer. Only queries, therefore: asking twice changes nothing.
 */
export class CompiledExecutor {
  readonly #schema: GraphQLSchema
  readonly #maxCoercionErrors: number
  readonly #runsBeforeCompiling: number
  /** By the document, which the server's own cache keeps for every text. */
  #known = new WeakMap<DocumentNode, Known>()
  #compiled = 0

  constructor(
    schema: GraphQLSchema,
    { maxCoercionErrors, runsBeforeCompiling = RUNS_BEFORE_COMPILING }: CompiledExecutorOptions,
  ) {
    this.#schema = schema
    this.#maxCoercionErrors = maxCoercionErrors
    this.#runsBeforeCompiling = runsBeforeCompiling
  }

  async execute(execution: Execution): Promise<ExecutionResult> {
    const known = this.#know(execution)
    const query = this.#find(known, execution)
    if (!query) return this.#interpret(execution)
    const { operation } = execution.contextValue
    const { variables, contextValue } = execution
    const result = await query(undefined, contextValue, variables)
    if (!result.errors) return result
    operation.beginAgain()
    const interpreted = await this.#interpret(execution)
    if (!interpreted.errors) known.queries.set(execution.operationName, null)
    return interpreted
  }

  async #interpret({
    document,
    operationName,
    variables,
    contextValue,
  }: Execution): Promise<ExecutionResult> {
    return await execute({
      schema: this.#schema,
      document,
      operationName,
      variableValues: variables,
      contextValue,
      options: { maxCoercionErrors: this.#maxCoercionErrors },
    })
  }

  #know({ document }: Execution): Known {
    let known = this.#known.get(document)
    if (!known) {
      known = { runs: 0, queries: new Map() }
      this.#known.set(document, known)
    }
    return known
  }

  #find(known: Known, { document, operationName }: Execution): CompiledQuery['query'] | null {
    if (known.runs < this.#runsBeforeCompiling) {
      known.runs += 1
      return null
    }
    let query = known.queries.get(operationName)
    if (query === undefined) {
      // Names may be made up without end; those of the document are few.
      if (!getOperationAST(document, operationName)) return null
      query = this.#compile(document, operationName)
      known.queries.set(operationName, query)
      if (query) this.#count()
    }
    return query
  }

  #count(): void {
    this.#compiled += 1
    if (this.#compiled <= COMPILED_MAX) return
    this.#known = new WeakMap()
    this.#compiled = 0
  }

  #compile(document: DocumentNode, operationName: string | null): CompiledQuery['query'] | null {
    if (!isCompilable(document, operationName)) return null
    const compiled = compileQuery(this.#schema, document, operationName ?? undefined, {
      disablingCapturingStackErrors: true,
    })
    return isCompiledQuery(compiled) ? compiled.query : null
  }
}

interface Known {
  runs: number
  /** By the name of the operation; null for one that is left to the engine. */
  queries: Map<string | null, CompiledQuery['query'] | null>
}
