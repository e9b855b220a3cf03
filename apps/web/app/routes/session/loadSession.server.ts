import { data, redirect } from '@remix-run/node'
import { LiveSessionDocument } from '@wellness/api-client/operations'
import { describeSession } from '../../.server/describeSession.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loadPage } from '../../.server/loadPage.ts'
import { formatTime } from '../../.server/formatTime.ts'
import { preferredLocale } from '../../.server/preferredLocale.ts'
import { undone } from '../../.server/undone.ts'

/** The session that is running; without one, today's page says what there is to do. */
export async function loadSession(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(LiveSessionDocument))
  const session = me?.liveSession
  if (!session) throw redirect('/today')

  const locale = preferredLocale(args.request)
  const page = {
    id: session.id,
    startedAt: session.startedAt,
    startTime: describeSession(session, locale).startTime,
    /** Until when a page without scripts may be left alone. */
    keptUntil: session.expiresAt && formatTime(session.expiresAt, session.timeZone, locale),
    locale,
    renderedAt: Date.now(),
    undone: undone.find(args, session),
  }
  return data(page, { headers: undone.clear(args) })
}
