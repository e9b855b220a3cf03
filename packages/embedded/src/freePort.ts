import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below what systems hand out for outgoing connections (Linux from 32768, macOS and Windows from 49152): between naming
 * a port and listening on it, the system would give one of those to any connection.
 */
const FIRST_PORT = 20_000
const LAST_PORT = 31_999

const named = new Set<number>()

/** A TCP port of 127.0.0.1 that nobody listens on at this moment, and that this process was not told of before. */
export async function findFreePort(): Promise<number> {
  while (named.size <= LAST_PORT - FIRST_PORT) {
    // Several processes look at once: each begins somewhere else.
    const port = randomInt(FIRST_PORT, LAST_PORT + 1)
    if (named.has(port)) continue
    named.add(port)
    if (await isFree(port)) return port
  }
  throw new Error(`Every port from ${FIRST_PORT} to ${LAST_PORT} was tried`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
