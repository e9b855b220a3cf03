import type { Logger } from 'pino'

/**
 * Runs work again and again, each time so long after the last one ended, until it is stopped. What fails is logged and
 * tried again: PostgreSQL or Redis may be away for a while.
 *
 * @returns stops it, and resolves when what was running is done.
 */
export function repeat(
  name: string,
  pauseMs: number,
  logger: Logger,
  work: () => Promise<void>,
): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout
  let running: Promise<void> = Promise.resolve()

  const run = () => {
    running = work()
      .catch((error: unknown) => logger.error({ err: error, work: name }, 'repeated work failed'))
      .then(() => {
        if (!stopped) timer = setTimeout(run, pauseMs)
      })
  }
  timer = setTimeout(run, 0)

  return () => {
    stopped = true
    clearTimeout(timer)
    return running
  }
}
