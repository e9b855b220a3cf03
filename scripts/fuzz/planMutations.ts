import {
  buildSchema,
  execute,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import type { Command } from './command.ts'

export interface Plan {
  /** Whether the document is one that this schema can execute, before any limit. */
  isValid: boolean
  /** Whether it may change something, though none of it may run. */
  isMutation: boolean
  /** In the order in which they run, each with the name that the answer has it under. */
  mutations: (Command & { key: string })[]
}

const NOT_VALID: Plan = { isValid: false, isMutation: false, mutations: [] }

/** Reads GraphQL requests as the specification says, beside the product: what a request would do if it were accepted. */
export class MutationPlanner {
  readonly #schema: GraphQLSchema
  readonly #trusted: Readonly<Record<string, string>>

  /** @param trusted the documents that are known by their hash. */
  constructor(sdl: string, trusted: Readonly<Record<string, string>>) {
    this.#trusted = trusted

    // Payloads that may be null let one field go by after the other, where nothing is resolved.
    const [before = '', mutation = '', after = ''] = sdl.split(/(^type Mutation \{[\s\S]*?^\})/m)
    this.#schema = buildSchema(before + mutation.replaceAll('Payload!', 'Payload') + after)
  }

  /** What a request asks for, whichever way it names the document. */
  read(request: unknown): Record<'query' | 'variables' | 'operationName', unknown> {
    const { query, documentId, variables, operationName } = (request ?? {}) as Record<string, unknown>
    if (documentId == null) return { query, variables, operationName }
    const isKnown =
      query == null && typeof documentId === 'string' && Object.hasOwn(this.#trusted, documentId)
    return { query: isKnown ? this.#trusted[documentId] : undefined, variables, operationName }
  }

  plan(request: unknown): Plan {
    const { query, variables, operationName } = this.read(request)
    if (typeof query !== 'string' || (variables != null && !isRecord(variables))) return NOT_VALID
    const mutations: Plan['mutations'] = []
    try {
      const document = parse(query, { maxTokens: 1_000 })
      if (validate(this.#schema, document, specifiedRules, { maxErrors: 1 }).length > 0) return NOT_VALID
      const result = execute({
        schema: this.#schema,
        document,
        variableValues: variables ?? {},
        operationName: operationName as string | null,
        rootValue: null,
        fieldResolver: (_source, args: { input?: Record<string, unknown> }, _context, info) => {
          if (info.parentType.name === 'Mutation')
            mutations.push({
              key: String(info.path.key),
              field: info.fieldName,
              input: args.input ?? {},
              payload: null,
            })
          // Nullable everywhere that matters; lists that are not are empty.
          return info.returnType.toString().startsWith('[') ? [] : null
        },
      })
      if (result instanceof Promise) throw new Error('Nothing here waits')
      const isRefused = result.errors?.some((error) => error.path === undefined) ?? false
      if (isRefused) return NOT_VALID
      const operation = getOperationAST(document, operationName as string | null)?.operation
      return { isValid: true, isMutation: operation === OperationTypeNode.MUTATION, mutations }
    } catch (error) {
      if (error instanceof GraphQLError) return NOT_VALID
      throw error
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
