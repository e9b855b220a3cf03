import { request as openRequest, type Agent, type IncomingHttpHeaders } from 'node:http'
import { performance } from 'node:perf_hooks'

export interface OutgoingRequest {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  agent: Agent
  timeoutMs: number
}

/**
 * Why there is no answer. `notBegun`: nobody listened, so that nothing was sent. `lost`: the request was written to an open
 * connection, which then broke. `timeout`: we gave up waiting.
 */
export type NoAnswer = 'notBegun' | 'lost' | 'timeout'

export type Answer =
  | { status: number; headers: IncomingHttpHeaders; text: string }
  | { failure: NoAnswer; /** What the connection said, and how long after the sending. */ detail: string }

/** One HTTP request on a kept-alive connection. Never throws: tells apart what a client can know of a failure. */
export function sendRequest({
  url,
  method,
  headers,
  body,
  agent,
  timeoutMs,
}: OutgoingRequest): Promise<Answer> {
  return new Promise((resolve) => {
    let isConnected = false
    let isTooLate = false
    const from = performance.now()
    const fail = ({ message }: Error): void => {
      clearTimeout(timer)
      const connection = request.reusedSocket ? 'a kept' : 'a new'
      const detail = `${message} on ${connection} connection to ${url} after ${Math.round(performance.now() - from)} ms`
      resolve({ failure: isTooLate ? 'timeout' : isConnected ? 'lost' : 'notBegun', detail })
    }
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = openRequest(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        clearTimeout(timer)
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
    })
    const timer = setTimeout(() => {
      isTooLate = true
      request.destroy(new Error('too late'))
    }, timeoutMs)
    request.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (isConnected = true))
      else isConnected = true
    })
    request.on('error', fail)
    request.end(body)
  })
}
