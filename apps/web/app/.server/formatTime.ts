import { dateTimeFormat } from './dateTimeFormat.ts'

/**
 * A time of day as its language writes it. In UTC it says so: this is what is kept where no script could tell the
 * browser's own zone, and its reader's clock shows something else.
 */
export function formatTime(instant: string, timeZone: string, locale: string): string {
  const time = dateTimeFormat(locale, timeZone, 'time').format(new Date(instant))
  return timeZone === 'UTC' ? `${time}\u00a0UTC` : time
}
