import { DOCUMENT_TOKENS_MAX } from '@wellness/domain/limits'
import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getOperationAST,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import type { GraphqlRequest } from '../readGraphqlRequest.ts'
import { idempotencyProblem } from './idempotencyProblem.ts'

/** A mutation whose answer may be kept. */
export interface KeptMutation {
  document: DocumentNode
  operation: OperationDefinitionNode
  /** Whether running it twice does what running it once does, so that one that was cut off may be run again. */
  isRepeatable: boolean
}

/** What is in an answer by these names is for its receiver alone. */
const SECRET = /token|secret|ticket|password/i

/**
 * The mutation that a request with an Idempotency-Key asks for; null for what changes nothing: a query, or a document that the
 * engine refuses.
 *
 * @throws BAD_REQUEST where no answer may be kept, and GRAPHQL_PARSE_FAILED for what cannot be read here: what the engine might
 *   read all the same would run as if there were no key.
 */
export function findKeptMutation(schema: GraphQLSchema, request: GraphqlRequest): KeptMutation | null {
  const document = parseWhole(request.query)
  const operation = getOperationAST(document, request.operationName)
  if (operation?.operation !== OperationTypeNode.MUTATION) return null
  const [field, ...others] = rootFields(document, operation.selectionSet)
  if (!field || others.length > 0) throw idempotencyProblem('misplaced')
  const definition = schema.getMutationType()?.getFields()[field.name.value]
  if (!definition) return null
  if (definition.extensions['checksCredential'] === true || tellsSecret(definition))
    throw idempotencyProblem('secret')
  return { document, operation, isRepeatable: isRepeatable(definition, field, request.variables) }
}

function parseWhole(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: DOCUMENT_TOKENS_MAX })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const { message, source, positions } = error
    const extensions = { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400 } }
    throw new GraphQLError(message, { source, positions, extensions })
  }
}

function rootFields(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  seen = new Set<string>(),
): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet, seen)
    const name = selection.name.value
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    )
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || seen.has(name)) return []
    seen.add(name)
    return rootFields(document, fragment.selectionSet, seen)
  })
}

function tellsSecret({ type }: GraphQLField<unknown, unknown>): boolean {
  const payload = getNamedType(type)
  return isObjectType(payload) && Object.keys(payload.getFields()).some((name) => SECRET.test(name))
}

/** By the extension `isRepeatable`: true, or the name of the input field that makes it so. */
function isRepeatable(
  { extensions }: GraphQLField<unknown, unknown>,
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const how = extensions['isRepeatable']
  if (typeof how !== 'string') return how === true
  const argument = field.arguments?.find(({ name }) => name.value === 'input')
  const sent = Object.assign(Object.create(null) as Record<string, unknown>, variables)
  const input = argument && valueFromASTUntyped(argument.value, sent)
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, how)) return false
  return (input as Record<string, unknown>)[how] != null
}
