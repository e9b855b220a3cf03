import { REQUEST_ID_HEADER } from '@wellness/domain/webHeaders'
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { HttpProblem, type ProblemStatus } from './httpProblem.ts'

const statuses: Partial<Record<string, ProblemStatus>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Answers what never became a request: bytes that are no HTTP, headers without end, a sender that fell asleep. */
export function answerSocketError(error: Error & { code?: string }, socket: Socket, logger: Logger): void {
  const { _httpMessage: running } = socket as Socket & { _httpMessage?: unknown }
  // An answer of ours in the middle of one that is on its way would be read as a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || running) {
    socket.destroy()
    return
  }
  const requestId = randomUUID()
  const problem = new HttpProblem(statuses[error.code ?? ''] ?? 400)
  const body = JSON.stringify(problem.toAnswer(requestId))
  logger.info({ requestId, status: problem.status, reason: error.code }, 'request refused')
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `${REQUEST_ID_HEADER}: ${requestId}`,
      'cache-control: no-store',
      'vary: Accept',
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
