const SOCKET_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]
/** PostgreSQL shuts down, broke down, starts up, or has no connection left. */
const SQL_STATES = ['57P01', '57P02', '57P03', '53300']
const CODES: ReadonlySet<unknown> = new Set([...SOCKET_CODES, ...SQL_STATES])
/** The driver's and its pool's own errors have no code. */
const DRIVER_MESSAGES =
  /^(timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated)|is not queryable$/

/** Whether an error says that PostgreSQL is out of reach, and not that something was wrong with what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return CODES.has((error as { code?: unknown }).code) || DRIVER_MESSAGES.test(error.message)
}
