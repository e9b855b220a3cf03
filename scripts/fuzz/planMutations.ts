import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import type { Command } from './command.ts'

export interface Plan {
  /** Whether the document is one that this schema can execute, before any limit. */
  isValid: boolean
  /** In the order in which they run, each with the name that the answer has it under. */
  mutations: (Command & { key: string })[]
}

const NOT_VALID: Plan = { isValid: false, mutations: [] }

/** Reads GraphQL requests as the specification says, beside the product: what a request would do if it were accepted. */
export class MutationPlanner {
  readonly #schema: GraphQLSchema

  constructor(sdl: string) {
    // Payloads that may be null let one field go by after the other, where nothing is resolved.
    const [before = '', mutation = '', after = ''] = sdl.split(/(^type Mutation \{[\s\S]*?^\})/m)
    this.#schema = buildSchema(before + mutation.replaceAll('Payload!', 'Payload') + after)
  }

  plan(request: unknown): Plan {
    const { query, variables, operationName } = (request ?? {}) as Record<string, unknown>
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
      return isRefused ? NOT_VALID : { isValid: true, mutations }
    } catch (error) {
      if (error instanceof GraphQLError) return NOT_VALID
      throw error
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
