import type { Logger } from 'pino'

/**
 * Turns what libraries print to the console into records, so that the log stays one JSON line a record. Only their first
 * words are kept: behind them they print what they stumbled over, such as the address that a stranger asked for.
 */
export function captureConsole(logger: Logger): void {
  for (const method of ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const) {
    console[method] = (first: unknown) => {
      const text = typeof first === 'string' ? first : typeof first
      logger.warn({ source: 'console' }, text.replace(/\s*[-:"'`/\n][\s\S]*$/, '').slice(0, 100))
    }
  }
}
