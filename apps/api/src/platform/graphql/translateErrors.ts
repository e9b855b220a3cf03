import {
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import type { Logger } from 'pino'
import { isDatabaseAway } from '../database/isDatabaseAway.ts'
import { documentMessage } from './documentMessage.ts'
import { type ErrorCode, errorCodes } from './errorCode.ts'
import { findVariableMisfits } from './findVariableMisfits.ts'
import { operationTimeout } from './operationTimeout.ts'

/** However much is wrong, an answer tells of so much. */
export const ERRORS_MAX = 5

/** PostgreSQL cancelled the statement, by its own limit or because we asked. */
const QUERY_CANCELED = '57014'

const publicCodes: ReadonlySet<unknown> = new Set<ErrorCode>(
  errorCodes.filter((code) => code !== 'INTERNAL_SERVER_ERROR'),
)

/** What is known of the request whose errors are told. */
export interface FailedRequest {
  requestId: string
  operationName: string | null
  variables: Readonly<Record<string, unknown>>
  schema: GraphQLSchema
  logger: Logger
}

/**
 * The one place that decides what a client sees of an error. A GraphQLError with one of our codes is meant for it; all
 * else is ours to know: it is logged, and the client gets the request's id. Nothing of the input is ever repeated.
 */
export function translateErrors(
  errors: readonly GraphQLError[],
  request: FailedRequest,
): GraphQLFormattedError[] {
  const definitions = new Set(errors.flatMap((error) => wrongVariable(error) ?? []))
  const told = definitions.size > 0 ? tellVariables(definitions, request) : errors.slice(0, ERRORS_MAX)
  return told.map((error) => tell(error, request))
}

function tell(error: GraphQLError, request: FailedRequest): GraphQLFormattedError {
  const { requestId, operationName, logger } = request
  const { message, locations, path } = error
  const place = { ...(locations && { locations }), ...(path && { path }) }
  if (isCanceledStatement(error.originalError)) {
    logger.warn({ requestId, operation: operationName, path: path?.join('.') }, 'statement took too long')
    const { message: tooLong } = operationTimeout()
    return { message: tooLong, ...place, extensions: { code: 'TIMEOUT', requestId } }
  }
  if (isDatabaseAway(error.originalError)) {
    logger.error(
      { requestId, operation: operationName, err: error.originalError },
      'PostgreSQL is out of reach',
    )
    const message = 'What this needs is out of reach just now. It may be tried again in a moment.'
    return { message, ...place, extensions: { code: 'SERVICE_UNAVAILABLE', requestId } }
  }
  const refusal = engineRefusal(error)
  if (refusal) return { ...place, message: refusal.message, extensions: { code: refusal.code, requestId } }
  const code = publicCode(error)
  if (!code) {
    logger.error(
      { requestId, operation: operationName, path: path?.join('.'), err: error.originalError ?? error },
      'resolver failed',
    )
    return {
      message: 'Something went wrong here. The log knows more under the id of this request.',
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    }
  }
  // `http` was for the head of the answer, and a stack is nobody's business.
  const { http: _http, stacktrace: _stacktrace, ...extensions } = error.extensions
  const isDocuments = code === 'GRAPHQL_PARSE_FAILED' || code === 'GRAPHQL_VALIDATION_FAILED'
  return {
    message: isDocuments ? documentMessage(error) : message,
    ...place,
    extensions: { ...extensions, code, requestId },
  }
}

/** What the engine refuses after reading the document, under codes and in words of its own. */
function engineRefusal({ extensions }: GraphQLError): { code: ErrorCode; message: string } | null {
  if (extensions['code'] === 'OPERATION_RESOLUTION_FAILURE') {
    return {
      code: 'BAD_REQUEST',
      message: 'operationName has to name one of the operations in the document.',
    }
  }
  if (extensions['code'] === 'BAD_REQUEST' && (extensions['http'] as { status?: number })?.status === 405) {
    return { code: 'METHOD_NOT_ALLOWED', message: 'A mutation has to come by POST.' }
  }
  return null
}

/** Null when the error was not meant for the client. */
function publicCode({ extensions, originalError }: GraphQLError): ErrorCode | null {
  const code = extensions['code']
  // An error of a driver or a library may carry any code; only what was thrown as a GraphQLError was thrown to be seen.
  if (originalError && !(originalError instanceof GraphQLError)) return null
  return publicCodes.has(code) ? (code as ErrorCode) : null
}

function isCanceledStatement(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === QUERY_CANCELED
}

function wrongVariable({ extensions, nodes }: GraphQLError): VariableDefinitionNode | null {
  const node = nodes?.[0]
  return extensions['code'] === 'BAD_USER_INPUT' && node?.kind === Kind.VARIABLE_DEFINITION ? node : null
}

function tellVariables(
  definitions: Iterable<VariableDefinitionNode>,
  { schema, variables }: FailedRequest,
): GraphQLError[] {
  const told: GraphQLError[] = []
  for (const definition of definitions) {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type) as GraphQLInputType
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined
    const misfits = findVariableMisfits(given, type, `$${name}`, ERRORS_MAX)
    for (const message of misfits.length > 0 ? misfits : [`$${name} does not fit its type.`]) {
      told.push(new GraphQLError(message, { nodes: definition, extensions: { code: 'BAD_USER_INPUT' } }))
    }
  }
  return told.slice(0, ERRORS_MAX)
}
