import type { SessionFieldsFragment } from '@wellness/api-client/operations'
import { dateTimeFormat, type DateTimeStyle } from './dateTimeFormat.ts'
import { formatDuration } from './formatDuration.ts'
import { formatTime } from './formatTime.ts'

/** A session in words: times in the time zone it was held in, as the person's language writes them. */
export interface SessionText {
  id: string
  /** It lapsed for want of a beat; its end is the last sign of life. */
  closedItself: boolean
  /** The language of the texts. */
  locale: string
  startedAt: string
  date: string
  startTime: string
  /** Null while the session is live. */
  endTime: string | null
  length: string | null
  /** The same length for machines, as ISO 8601. */
  isoLength: string | null
}

/**
 * Written on the server only: two runtimes may write the same moment differently, and the page would not match itself.
 */
export function describeSession(session: SessionFieldsFragment, locale: string): SessionText {
  const format = (instant: string, style: DateTimeStyle) =>
    dateTimeFormat(locale, session.timeZone, style).format(new Date(instant))
  const time = (instant: string) => formatTime(instant, session.timeZone, locale)
  const { startedAt, endedAt, durationSeconds } = session

  return {
    id: session.id,
    closedItself: session.status === 'EXPIRED',
    locale,
    startedAt,
    date: format(startedAt, 'day'),
    startTime: time(startedAt),
    endTime: endedAt && time(endedAt),
    length: durationSeconds === null ? null : formatDuration(durationSeconds),
    isoLength: durationSeconds === null ? null : `PT${durationSeconds}S`,
  }
}
