import { setTimeout as delay } from 'node:timers/promises'
import { SECOND } from '@wellness/domain/time'
import type { Logger } from 'pino'
import type { WebServer } from './createServer.ts'
import { shutDoor } from './shutDoor.ts'

const DEADLINE_MS = 9 * SECOND
/** Between saying that it is not ready and taking nobody in: what balancers need to hear of it. */
const DRAIN_MS = SECOND
/** A terminal and the package manager in it both send the signal of one Ctrl-C. */
const SAME_SIGNAL_MS = SECOND

/**
 * On SIGTERM or SIGINT: not ready any more, finish what runs, close; and go in any case before a supervisor kills. A
 * second signal, later than the echo of the first, ends it at once.
 */
export function stopOnSignals(server: WebServer, logger: Logger): void {
  let stoppingSince: number | undefined
  const stop = async (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (stoppingSince !== undefined) {
      if (now - stoppingSince < SAME_SIGNAL_MS) return
      logger.warn({ signal }, 'stopping at once')
      process.exit(1)
    }
    stoppingSince = now
    logger.info({ signal }, 'stopping')
    server.drain()
    setTimeout(() => {
      logger.warn('some requests did not finish in time')
      process.exit(1)
    }, DEADLINE_MS).unref()
    await delay(DRAIN_MS)
    await shutDoor(server.app.server)
    await server.app.close()
    logger.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))
}
