import { Link } from '@remix-run/react'
import type { SessionText } from '../../.server/describeSession.ts'

/** Sessions, newest first: day, times and length. */
export function SessionList({ sessions }: { sessions: SessionText[] }) {
  return (
    <ul className="@container overflow-hidden rounded-2xl border border-hair bg-surface">
      {sessions.map((session) => (
        <li key={session.id} className="border-b border-hair last:border-b-0">
          <Link
            to={session.isLive ? '/session' : `/session/${session.id}`}
            className="grid grid-cols-[1fr_auto] gap-x-4 px-5 py-3.5 outline-offset-[-4px]! hover:bg-page @md:grid-cols-[9rem_1fr_auto]"
          >
            <time dateTime={session.startedAt} lang={session.locale} className="font-semibold">
              {session.date}
            </time>
            <span className="col-start-1 text-muted @md:col-start-auto">
              <span lang={session.locale}>
                {session.startTime} {session.endTime && `– ${session.endTime}`}
              </span>
              {session.closedItself && <span className="block text-[0.875rem]">closed itself</span>}
            </span>
            <span className="col-start-2 row-start-1 text-right font-semibold @md:col-start-auto @md:row-start-auto">
              {session.length && session.isoLength ? (
                <time dateTime={session.isoLength}>{session.length}</time>
              ) : (
                <span className="text-ok">running</span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
