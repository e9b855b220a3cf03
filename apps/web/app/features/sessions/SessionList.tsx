import type { SessionText } from '../../.server/describeSession.ts'

/** Sessions, newest first: day, times and length. */
export function SessionList({ sessions }: { sessions: SessionText[] }) {
  return (
    <ul className="session-list">
      {sessions.map((session) => (
        <li key={session.id}>
          <a href={session.isLive ? '/session' : `/session/${session.id}`}>
            <time dateTime={session.startedAt} lang={session.locale} className="day">
              {session.date}
            </time>
            <span className="times">
              <span lang={session.locale}>
                {session.startTime} {session.endTime && `– ${session.endTime}`}
              </span>
              {session.closedItself && <small>closed itself</small>}
            </span>
            <span className="length">
              {session.length && session.isoLength ? (
                <time dateTime={session.isoLength}>{session.length}</time>
              ) : (
                <span className="text-ok">running</span>
              )}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
