import { pino } from 'pino'
import type { Logger } from 'pino'

/** One JSON line a record. Errors are reduced to what names the fault: other fields of theirs could hold what was typed. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: { app: 'web' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? { type: error.name, message: error.message, stack: error.stack, cause: String(error.cause ?? '') }
          : { type: typeof error, message: String(error) },
    },
  })
}
