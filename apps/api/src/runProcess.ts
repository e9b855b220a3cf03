import { EnvError } from '@wellness/env/parseEnv'
import type { Logger } from 'pino'

/** Kept below the ten seconds that container platforms give, so that the end is ours and not a kill. */
const SHUTDOWN_DEADLINE_MS = 9_500

interface Running {
  logger: Logger
  close(): Promise<void>
}

/**
 * The life of a process: start, or say in one message why not; and on SIGTERM or SIGINT close what runs, by a deadline.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  let running: Running
  try {
    running = await start()
  } catch (error) {
    process.stderr.write(
      error instanceof EnvError ? `${error.message}\n` : `${String((error as Error).stack ?? error)}\n`,
    )
    process.exit(1)
  }

  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    // A terminal and its package manager both send the signal: the second one is no wish to hurry.
    if (stopping) return
    stopping = true
    running.logger.info({ signal }, 'stopping')
    setTimeout(() => {
      running.logger.error('could not stop in time')
      process.exit(1)
    }, SHUTDOWN_DEADLINE_MS).unref()
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        running.logger.error({ err: error }, 'could not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
