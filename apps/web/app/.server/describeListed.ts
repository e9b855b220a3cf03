import type { SessionFieldsFragment } from '@wellness/api-client/operations'
import type { ListedSession } from '../features/sessions/SessionList.tsx'
import { describeSession } from './describeSession.ts'

/** What a row of a list shows and no more: it goes to the browser twice, as the page and as the page's data. */
export function describeListed(session: SessionFieldsFragment, locale: string): ListedSession {
  const { id, startedAt, date, startTime, endTime, length, isoLength, closedItself } = describeSession(
    session,
    locale,
  )
  const times = endTime === null ? startTime : `${startTime} – ${endTime}`
  return { id, startedAt, date, times, length, isoLength, closedItself }
}
