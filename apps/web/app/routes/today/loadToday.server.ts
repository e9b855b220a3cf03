import { randomUUID } from 'node:crypto'
import { data } from '@remix-run/node'
import { TodayDocument } from '@wellness/api-client/operations'
import { DAY } from '@wellness/domain/time'
import { describeListed } from '../../.server/describeListed.ts'
import { describeSession } from '../../.server/describeSession.ts'
import { doneNews } from '../../.server/doneNews.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loadPage } from '../../.server/loadPage.ts'
import { preferredLocale } from '../../.server/preferredLocale.ts'
import { undone } from '../../.server/undone.ts'
import { dismissedNotice } from './dismissedNotice.server.ts'

const LAST_SESSIONS = 5

/** What one can do now, and the last sessions. */
export async function loadToday(args: RouteArgs) {
  const { me } = await loadPage(args, (api) =>
    api.request(TodayDocument, { lastSessions: LAST_SESSIONS + 1 }),
  )
  const locale = preferredLocale(args.request)
  const live = me?.liveSession ?? null
  const over = (me?.sessions.nodes ?? []).filter(({ id }) => id !== live?.id).slice(0, LAST_SESSIONS)

  const [latest] = over
  const isNews =
    latest?.status === 'EXPIRED' &&
    Date.now() - Date.parse(latest.endedAt ?? latest.startedAt) < DAY &&
    dismissedNotice.find(args.request, args.context.config) !== latest.id
  const { done, headers } = doneNews.take(args, 'has-account')
  const page = {
    name: me?.name ?? null,
    wantedSignUp: done !== null,
    live: live && describeSession(live, locale),
    undone: undone.find(args, live),
    lapsed: latest && isNews ? describeSession(latest, locale) : null,
    last: { locale, sessions: over.map((session) => describeListed(session, locale)) },
    start: { clientSessionId: randomUUID(), timeZone: latest?.timeZone ?? live?.timeZone ?? 'UTC' },
  }
  return data(page, { headers: [...headers, ...undone.clear(args)] })
}
