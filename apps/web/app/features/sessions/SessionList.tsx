/** A session as a row tells it. */
export interface ListedSession {
  id: string
  startedAt: string
  date: string
  times: string
  /** Null while the session is live. */
  length: string | null
  /** The same for machines, as ISO 8601. */
  isoLength: string | null
  /** It lapsed for want of a beat. */
  closedItself: boolean
}

/**
 * Sessions, newest first: day, times and length.
 *
 * @param props.locale the language of days and times.
 */
export function SessionList({ sessions, locale }: { sessions: ListedSession[]; locale: string }) {
  return (
    <ul className="session-list">
      {sessions.map(({ id, startedAt, date, times, length, isoLength, closedItself }) => (
        <li key={id}>
          <a href={isoLength === null ? '/session' : `/session/${id}`}>
            <time dateTime={startedAt} lang={locale} className="day">
              {date}
            </time>
            <span lang={locale} className="times">
              {times}
              {closedItself && <small lang="en">closed itself</small>}
            </span>
            {isoLength === null ? (
              <span className="length text-ok">running</span>
            ) : (
              <time dateTime={isoLength} className="length">
                {length}
              </time>
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}
