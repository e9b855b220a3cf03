import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { hasRecursiveInput } from './hasRecursiveInput.ts'
import { isCompilable } from './isCompilable.ts'
import { isPlainMutation } from './isPlainMutation.ts'
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
 * The operations that come again and again: found by their text, and ready to run. Small ones are compiled to a function,
 * since graphql-js walks their selections anew for every row.
 */
export class HotOperations {
  readonly #schema: GraphQLSchema
  readonly #runsBeforeHot: number
  /** By the document, which the engine's own cache keeps for every text. */
  readonly #runs = new WeakMap<DocumentNode, number>()
  #hot = new Map<string, Map<string | null, HotOperation>>()
  /** By their texts. */
  readonly #trusted = new Map<string, HotOperation>()
  #count = 0

  constructor(
    schema: GraphQLSchema,
    {
      runsBeforeHot = RUNS_BEFORE_HOT,
      trusted = [],
    }: { runsBeforeHot?: number | undefined; trusted?: readonly string[] } = {},
  ) {
    this.#schema = schema
    this.#runsBeforeHot = runsBeforeHot
    for (const text of trusted) this.#trust(text)
  }

  find(text: string, operationName: string | null): HotOperation | undefined {
    const found = this.#hot.get(text)?.get(operationName)
    return found ?? (operationName === null ? this.#trusted.get(text) : undefined)
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

  /** Documents of our own, which a test found sound: hot from the start, and never forgotten. */
  #trust(text: string): void {
    const fit = { text, document: parse(text), operationName: null }
    const operation = this.#make(fit, { isCompiled: true })
    if (operation) this.#trusted.set(text, operation)
  }

  #add(fit: FitOperation, how: { isCompiled: boolean }): void {
    const { text, operationName } = fit
    const operation = this.#make(fit, how)
    // Names may be made up without end; those of the document are few.
    if (!operation) return
    if (!this.#hot.get(text)?.has(operationName)) this.#count += 1
    if (this.#count > HOT_MAX) {
      this.#hot = new Map()
      this.#count = 1
    }
    const ofText = this.#hot.get(text) ?? new Map<string | null, HotOperation>()
    this.#hot.set(text, ofText)
    ofText.set(operationName, operation)
  }

  #make(
    { text, document, operationName }: FitOperation,
    { isCompiled }: { isCompiled: boolean },
  ): HotOperation | null {
    const definition = getOperationAST(document, operationName)
    if (!definition) return null
    const isMutation = definition.operation === OperationTypeNode.MUTATION
    // When it first runs: who starts should not wait for everything that may be asked.
    let execute: HotOperation['execute'] | null = null
    return {
      text,
      document,
      operationName,
      definition,
      ...nameOperation(definition),
      isMutation,
      execute: (variables, contextValue) => {
        execute ??=
          (isCompiled && !hasRecursiveInput(this.#schema, definition)
            ? this.#compile(document, operationName, isMutation)
            : null) ?? this.#interpret(document, operationName)
        return execute(variables, contextValue)
      },
    }
  }

  #compile(
    document: DocumentNode,
    operationName: string | null,
    isMutation: boolean,
  ): HotOperation['execute'] | null {
    if (!isCompilable(document, operationName)) return null
    if (isMutation && !isPlainMutation(this.#schema, document, operationName)) return null
    const compiled = compileQuery(this.#schema, document, operationName ?? undefined, {
      disablingCapturingStackErrors: true,
    })
    if (!isCompiledQuery(compiled)) return null
    const { query } = compiled
    if (!isMutation) return (variables, contextValue) => query(undefined, contextValue, variables)
    // A query's errors are thrown away and asked of the engine; these are told.
    return async (variables, contextValue) => {
      const { data, errors } = await query(undefined, contextValue, variables)
      return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(toEngineError) }) }
    }
  }

  #interpret(document: DocumentNode, operationName: string | null): HotOperation['execute'] {
    const schema = this.#schema
    return (variableValues, contextValue) =>
      execute({ schema, document, operationName, variableValues, contextValue })
  }
}

/** A compiled function's errors are of a class of its own, without extensions where there are none. */
function toEngineError({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  return Object.assign(new GraphQLError(message, { path, originalError }), { locations })
}
