/**
 * As PostgreSQL writes an instant in UTC: 2026-11-22 07:48:00.123456+00, its fraction left out or shortened; in JSON with a
 * T between and +00:00 behind.
 */
const UTC_MIN_LENGTH = '2026-11-22 07:48:00+00'.length
const FRACTION = '2026-11-22 07:48:00.'.length

/**
 * Raw reads give timestamptz as text; the application writes milliseconds, so a Date holds all of it. Read digit by digit,
 * since the runtime takes several times as long for a form that is not quite ISO 8601.
 */
export function toDate(value: string | Date): Date {
  if (value instanceof Date) return value
  const end = value.lastIndexOf('+')
  const zone = value.slice(end)
  if (value.length < UTC_MIN_LENGTH || value.charAt(4) !== '-' || (zone !== '+00' && zone !== '+00:00'))
    return new Date(value)
  let milliseconds = 0
  for (let place = FRACTION, unit = 100; place < end && unit >= 1; place += 1, unit /= 10) {
    milliseconds += (value.charCodeAt(place) - ZERO) * unit
  }
  return new Date(
    Date.UTC(
      twoDigits(value, 0) * 100 + twoDigits(value, 2),
      twoDigits(value, 5) - 1,
      twoDigits(value, 8),
      twoDigits(value, 11),
      twoDigits(value, 14),
      twoDigits(value, 17),
      milliseconds,
    ),
  )
}

const ZERO = '0'.charCodeAt(0)

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}

const JSON_ZONE = '+00:00'
const TO_SECONDS = '2026-11-22T07:48:00'.length
const TO_MILLISECONDS = '2026-11-22T07:48:00.123'.length

/** An instant as JSON from PostgreSQL has it, cut to milliseconds, as clients get it: without a Date in between. */
export function toIsoInstant(value: string): string {
  if (!value.endsWith(JSON_ZONE) || value.charAt(4) !== '-') return toDate(value).toISOString()
  const end = value.length - JSON_ZONE.length
  if (end >= TO_MILLISECONDS) return `${value.slice(0, TO_MILLISECONDS)}Z`
  return end === TO_SECONDS
    ? `${value.slice(0, end)}.000Z`
    : `${value.slice(0, end).padEnd(TO_MILLISECONDS, '0')}Z`
}
