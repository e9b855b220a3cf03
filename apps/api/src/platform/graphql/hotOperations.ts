import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { isCompilable } from './isCompilable.ts'
import { nameOperation, type OperationNames } from './nameOperation.ts'
import type { RequestContext } from './requestContext.ts'

/** What is asked once or twice costs less as it stands: a stranger's thousand documents are not kept. */
const RUNS_BEFORE_HOT = 10
/** At most some 200 kB each. With more, all are forgotten, and those that are in use become hot anew. */
const HOT_MAX = 200

/** An operation whose document was read and found sound before, word for word. */
export interface HotOperation extends OperationNames, FitOperation {
  readonly definition: OperationDefinitionNode
  readonly isMutation: boolean
  execute(
    variables: Record<string, unknown>,
    contextValue: RequestContext,
  ): Promise<ExecutionResult> | ExecutionResult
}

/** An operation that the engine found fit to run, as it was asked for. */
export interface FitOperation {
  text: string
  document: DocumentNode
  /** As it was sent: with none, a document's only operation runs. */
  operationName: string | null
}

/**
 * The operations that come again and again: found by their text, and ready to run. Small queries are compiled to a
 * function, since graphql-js walks their selections anew for every row.
 */
export class HotOperations {
  readonly #schema: GraphQLSchema
  readonly #runsBeforeHot: number
  /** By the document, which the engine's own cache keeps for every text. */
  readonly #runs = new WeakMap<DocumentNode, number>()
  #hot = new Map<string, Map<string | null, HotOperation>>()
  #count = 0

  constructor(
    schema: GraphQLSchema,
    { runsBeforeHot = RUNS_BEFORE_HOT }: { runsBeforeHot?: number | undefined } = {},
  ) {
    this.#schema = schema
    this.#runsBeforeHot = runsBeforeHot
  }

  find(text: string, operationName: string | null): HotOperation | undefined {
    return this.#hot.get(text)?.get(operationName)
  }

  /** Counts a run of an operation that is not hot yet. */
  countRun(operation: FitOperation): void {
    const { document, text, operationName } = operation
    const runs = (this.#runs.get(document) ?? 0) + 1
    this.#runs.set(document, runs)
    if (runs > this.#runsBeforeHot && !this.find(text, operationName))
      this.#add(operation, { isCompiled: true })
  }

  /** For one that the engine answers and its function does not: it is not compiled any longer. */
  leaveToEngine(operation: FitOperation): void {
    this.#add(operation, { isCompiled: false })
  }

  #add({ text, document, operationName }: FitOperation, { isCompiled }: { isCompiled: boolean }): void {
    const definition = getOperationAST(document, operationName)
    // Names may be made up without end; those of the document are few.
    if (!definition) return
    if (!this.find(text, operationName)) this.#count += 1
    if (this.#count > HOT_MAX) {
      this.#hot = new Map()
      this.#count = 1
    }
    const ofText = this.#hot.get(text) ?? new Map<string | null, HotOperation>()
    this.#hot.set(text, ofText)
    const compiled = isCompiled ? this.#compile(document, operationName) : null
    ofText.set(operationName, {
      text,
      document,
      operationName,
      definition,
      ...nameOperation(definition),
      isMutation: definition.operation === OperationTypeNode.MUTATION,
      execute: compiled ?? this.#interpret(document, operationName),
    })
  }

  #compile(document: DocumentNode, operationName: string | null): HotOperation['execute'] | null {
    if (!isCompilable(document, operationName)) return null
    const compiled = compileQuery(this.#schema, document, operationName ?? undefined, {
      disablingCapturingStackErrors: true,
    })
    if (!isCompiledQuery(compiled)) return null
    const { query } = compiled
    return (variables, contextValue) => query(undefined, contextValue, variables)
  }

  #interpret(document: DocumentNode, operationName: string | null): HotOperation['execute'] {
    const schema = this.#schema
    return (variableValues, contextValue) =>
      execute({ schema, document, operationName, variableValues, contextValue })
  }
}
