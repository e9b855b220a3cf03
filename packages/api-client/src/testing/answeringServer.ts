import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AnsweringServer {
  url: string
  /** The requests that came, oldest first. */
  seen: { headers: IncomingHttpHeaders; body: string }[]
  stop(): Promise<void>
}

/** An HTTP server that gives every request the answer of the test. */
export async function startAnsweringServer(
  answer: (response: ServerResponse, body: string) => void,
): Promise<AnsweringServer> {
  const seen: AnsweringServer['seen'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      seen.push({ headers: request.headers, body })
      answer(response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
