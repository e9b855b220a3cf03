import type { FuzzRequest } from './fuzzRequest.ts'

/** Whether the bytes are one request from its first to its last, as a server sees it. */
export function isWhole(request: FuzzRequest): boolean {
  if (request.raw !== null) return false
  const names = request.headers.map(([name]) => name.toLowerCase())
  const isFramed = request.framing !== 'none' || request.body === ''
  return isFramed && !names.includes('content-length') && !names.includes('transfer-encoding')
}
