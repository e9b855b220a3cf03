import { redirect } from '@remix-run/node'
import { LiveSessionDocument } from '@wellness/api-client/generated/graphql'
import { describeSession } from '../../.server/describeSession.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loadPage } from '../../.server/loadPage.ts'
import { preferredLocale } from '../../.server/preferredLocale.ts'

/** The session that is running; without one, today's page says what there is to do. */
export async function loadSession(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(LiveSessionDocument))
  const session = me?.liveSession
  if (!session) throw redirect('/today')

  const locale = preferredLocale(args.request)
  const time = (instant: string) =>
    new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: session.timeZone }).format(
      new Date(instant),
    )
  return {
    id: session.id,
    startedAt: session.startedAt,
    startTime: describeSession(session, locale).startTime,
    /** Until when a page without scripts may be left alone. */
    keptUntil: session.expiresAt && time(session.expiresAt),
    locale,
    renderedAt: Date.now(),
  }
}
