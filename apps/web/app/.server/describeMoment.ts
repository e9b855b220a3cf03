import type { MomentText } from '../ui/Moment.tsx'
import { dateTimeFormat } from './dateTimeFormat.ts'

/** A moment for people whose clock is not known here: in UTC, and it says so. */
export function describeMoment(instant: string, locale: string): MomentText {
  const text = dateTimeFormat(locale, 'UTC', 'moment').format(new Date(instant))
  return { instant, locale, text: `${text}\u00a0UTC` }
}
