import { pino, type DestinationStream, type Logger } from 'pino'
import { toIsoText } from '../clock/toIsoText.ts'
import { describeError } from './describeError.ts'

const SECRET_NAMES = ['password', 'token', 'secret', 'authorization', 'cookie']

/**
 * One JSON line a record. Redaction is a net under the rule that no secret is handed to the logger in the first place.
 */
export function createLogger({
  level,
  name,
  destination,
}: {
  level: string
  name: string
  destination?: DestinationStream
}): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      serializers: { err: describeError },
      timestamp: () => `,"time":"${toIsoText(new Date())}"`,
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), remove: true },
    },
    // Under load many lines go out in one write. Nothing waits longer than a moment, and the end of the process writes the rest.
    destination ?? pino.destination({ sync: false, minLength: 16_000, periodicFlush: 200 }),
  )
}
