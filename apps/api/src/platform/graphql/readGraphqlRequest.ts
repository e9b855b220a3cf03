import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/httpProblem.ts'

/** The texts that are known by their hash, `sha256:…`. Nothing that a request says adds to them. */
export type TrustedDocuments = Readonly<Record<string, string>>

/** A document's text, in bytes. Larger ones are refused before anything reads them. */
export const DOCUMENT_MAX_BYTES = 32_768

/** A GraphQL request, whichever way it came. `extensions` are left out: no client needs any. */
export interface GraphqlRequest {
  query: string
  operationName: string | null
  /** Without a prototype: of what every object inherits nothing was sent. */
  variables: Record<string, unknown>
}

/** @throws {HttpProblem} when it is no well-formed GraphQL request. */
export function readGraphqlRequest(request: FastifyRequest, trusted: TrustedDocuments): GraphqlRequest {
  const parameters = request.method === 'GET' ? readAddress(request.query) : readBody(request.body)
  const { operationName = null, variables = null, extensions = null } = parameters
  const query = readDocument(parameters, trusted)
  if (operationName !== null && typeof operationName !== 'string')
    throw malformed('operationName has to be text.')
  if (!isRecordOrNull(variables)) throw malformed('variables have to be an object.')
  if (!isRecordOrNull(extensions)) throw malformed('extensions have to be an object.')
  if (Buffer.byteLength(query) > DOCUMENT_MAX_BYTES) {
    throw malformed(`The document is larger than ${DOCUMENT_MAX_BYTES} bytes.`)
  }
  return { query, operationName, variables: withoutPrototype(variables) }
}

function readDocument({ query, documentId }: Record<string, unknown>, trusted: TrustedDocuments): string {
  if (documentId == null) {
    if (typeof query === 'string' && query !== '') return query
    throw malformed('query has to be a GraphQL document, as text.')
  }
  if (query != null) throw malformed('A request has a query or a documentId, not both.')
  // By its own names alone: those that every object has are nobody's documents.
  if (typeof documentId === 'string' && Object.hasOwn(trusted, documentId))
    return trusted[documentId] as string
  throw new HttpProblem(
    400,
    'No document is known by this documentId. Send its text, as query.',
    {},
    'UNKNOWN_DOCUMENT',
  )
}

function readBody(body: unknown): Record<string, unknown> {
  if (Array.isArray(body)) throw malformed('One operation a request: lists of them are not taken.')
  if (typeof body !== 'object' || body === null) throw malformed('The body has to be a JSON object.')
  return body as Record<string, unknown>
}

function readAddress(query: unknown): Record<string, unknown> {
  const parameters = query as Record<string, string | string[]>
  if (Object.values(parameters).some(Array.isArray))
    throw malformed('A parameter of the address stands there twice.')
  const { variables, extensions, ...rest } = parameters as Record<string, string>
  return { ...rest, variables: parseJson(variables), extensions: parseJson(extensions) }
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return null
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('variables and extensions have to be JSON.')
  }
}

/** A variable may be called `toString`, or `__proto__`. */
function withoutPrototype(given: Record<string, unknown> | null): Record<string, unknown> {
  return Object.assign(Object.create(null) as Record<string, unknown>, given)
}

function isRecordOrNull(value: unknown): value is Record<string, unknown> | null {
  return typeof value === 'object' && !Array.isArray(value)
}

function malformed(message: string): HttpProblem {
  return new HttpProblem(400, message)
}
