import { randomBytes, randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { REQUEST_ID_HEADER } from '@wellness/domain/webHeaders'
import type { Logger } from 'pino'
import { plainPage } from './plainPage.ts'
import { refusals } from './refusals.ts'
import { securityHeaders } from './securityHeaders.ts'

const statuses: Partial<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Answers what never became a request: bytes that are no HTTP, headers without end, a sender that fell asleep. */
export function answerSocketError(
  error: Error & { code?: string },
  socket: Socket,
  { isHttps, logger }: { isHttps: boolean; logger: Logger },
): void {
  const { _httpMessage: running } = socket as Socket & { _httpMessage?: unknown }
  // An answer of ours in the middle of one that is on its way would be read as a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || running) {
    socket.destroy()
    return
  }
  const requestId = randomUUID()
  const status = statuses[error.code ?? ''] ?? 400
  const nonce = randomBytes(16).toString('base64')
  const body = plainPage({ ...(refusals[status] ?? refusals[400]!), nonce })
  const headers = {
    [REQUEST_ID_HEADER]: requestId,
    ...securityHeaders({ nonce, isHttps, isDevelopment: false, address: '' }),
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  logger.info({ requestId, status, reason: error.code }, 'request refused')
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}
