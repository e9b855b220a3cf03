import { Logger } from 'graphile-worker'
import type { Logger as PinoLogger } from 'pino'

/** graphile-worker's log as records of ours. Its messages hold ids and names of jobs, never their payloads. */
export function jobLogger(logger: PinoLogger): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') logger.error({ source: 'jobs' }, message)
    else if (level === 'warning') logger.warn({ source: 'jobs' }, message)
    else logger.debug({ source: 'jobs' }, message)
  })
}
