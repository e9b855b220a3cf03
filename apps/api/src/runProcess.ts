import { SECOND } from '@wellness/domain/time'
import { EnvError } from '@wellness/env/parseEnv'
import type { Logger } from 'pino'
import { captureConsole } from './platform/logger/captureConsole.ts'

/** Kept below the ten seconds that container platforms give, so that the end is ours and not a kill. */
const SHUTDOWN_DEADLINE_MS = 9.5 * SECOND
/** A terminal and the package manager in it both send the signal of one Ctrl-C. */
const SAME_SIGNAL_MS = SECOND

/** What a process has started. */
export interface Running {
  logger: Logger
  /** Finishes what runs, and lets go of everything. */
  close(): Promise<void>
  /** Resolves when it cannot go on; the process then ends, for its supervisor to start it anew. */
  failed?: Promise<Error>
}

/**
 * The life of a process: start, or say in one message why not; on SIGTERM or SIGINT close what runs, by a deadline. A
 * second signal, later than the echo of the first, ends it at once.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  let running: Running
  try {
    running = await start()
  } catch (error) {
    process.stderr.write(`${whyNot(error)}\n`)
    process.exit(1)
  }
  const { logger } = running
  captureConsole(logger)

  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'nobody caught this')
    process.exit(1)
  })

  let stoppingSince: number | undefined
  const stop = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (stoppingSince !== undefined) {
      if (now - stoppingSince < SAME_SIGNAL_MS) return
      logger.warn({ signal }, 'stopping at once')
      process.exit(1)
    }
    logger.info({ signal }, 'stopping')
    end(0)
  }
  const end = (exitCode: number) => {
    stoppingSince = performance.now()
    setTimeout(() => {
      logger.error('could not stop in time')
      process.exit(1)
    }, SHUTDOWN_DEADLINE_MS).unref()
    running.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  void running.failed?.then((error) => {
    if (stoppingSince !== undefined) return
    logger.fatal({ err: error }, 'cannot go on')
    end(1)
  })
}

function whyNot(error: unknown): string {
  if (error instanceof EnvError) return error.message
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} of ${address} is taken.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
