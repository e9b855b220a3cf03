import { SECOND } from '@wellness/domain/time'
import type { Logger } from 'pino'
import type { WebServer } from './createServer.ts'

const DEADLINE_MS = 9 * SECOND

/** On SIGTERM or SIGINT: not ready any more, finish what runs, close; and go in any case before a supervisor kills. */
export function stopOnSignals(server: WebServer, logger: Logger): void {
  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    // npm sends SIGINT on top of the terminal's own.
    if (isStopping) return
    isStopping = true
    logger.info({ signal }, 'stopping')
    server.drain()
    setTimeout(() => {
      logger.warn('some requests did not finish in time')
      process.exit(1)
    }, DEADLINE_MS).unref()
    await server.app.close()
    logger.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))
}
