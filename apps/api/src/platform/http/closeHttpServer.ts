import type { FastifyInstance } from 'fastify'

const LOOK_EVERY_MS = 50

/**
 * Stops listening, lets the requests that run be answered, and then hangs up. Closing by itself would wait for every
 * connection on which somebody once began to say something, or never did.
 */
export async function closeHttpServer(server: FastifyInstance): Promise<void> {
  const timer = setInterval(() => {
    // After what has arrived was read: a timer comes before that, and would cut off requests that nobody has looked at.
    setImmediate(() => {
      if (server.runningRequests.count === 0) server.server.closeAllConnections()
    })
  }, LOOK_EVERY_MS)
  await server.close().finally(() => clearInterval(timer))
}
