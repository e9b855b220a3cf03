import { pino } from 'pino'
import type { Logger } from 'pino'
import { describeError } from './describeError.ts'

/** One JSON line a record. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: { app: 'web' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    // Under load many lines go out in one write. Nothing waits longer than a moment, and the end of the process writes the rest.
    pino.destination({ sync: false, minLength: 16_000, periodicFlush: 200 }),
  )
}
