import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/httpProblem.ts'

/** A document's text, in bytes. Larger ones are refused before anything reads them. */
export const DOCUMENT_MAX_BYTES = 32_768

/** A GraphQL request, whichever way it came. `extensions` are left out: no client needs any, persisted queries neither. */
export interface GraphqlRequest {
  query: string
  operationName: string | null
  variables: Record<string, unknown>
}

/** @throws {HttpProblem} when it is no well-formed GraphQL request. */
export function readGraphqlRequest(request: FastifyRequest): GraphqlRequest {
  const parameters = request.method === 'GET' ? readAddress(request.query) : readBody(request.body)
  const { query, operationName = null, variables = null, extensions = null } = parameters
  if (typeof query !== 'string' || query === '')
    throw malformed('query has to be a GraphQL document, as text.')
  if (operationName !== null && typeof operationName !== 'string')
    throw malformed('operationName has to be text.')
  if (!isRecordOrNull(variables)) throw malformed('variables have to be an object.')
  if (!isRecordOrNull(extensions)) throw malformed('extensions have to be an object.')
  if (Buffer.byteLength(query) > DOCUMENT_MAX_BYTES) {
    throw malformed(`The document is larger than ${DOCUMENT_MAX_BYTES} bytes.`)
  }
  return { query, operationName, variables: variables ?? {} }
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

function isRecordOrNull(value: unknown): value is Record<string, unknown> | null {
  return typeof value === 'object' && !Array.isArray(value)
}

function malformed(message: string): HttpProblem {
  return new HttpProblem(400, message)
}
