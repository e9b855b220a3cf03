import { ApiError } from '@wellness/api-client/apiError'
import { HistoryDocument } from '@wellness/api-client/operations'
import { describeSession } from '../../.server/describeSession.ts'
import type { SessionText } from '../../.server/describeSession.ts'
import { listWindow } from '../../.server/listWindow.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loadPage } from '../../.server/loadPage.ts'
import { preferredLocale } from '../../.server/preferredLocale.ts'

const PAGE_SIZE = 20

/** One page of the history, grouped by month, and the addresses of the pages beside it. */
export async function loadHistory(args: RouteArgs) {
  const list = listWindow(args.request, PAGE_SIZE)
  const { me } = await loadPage(args, (api) =>
    api.request(HistoryDocument, list.variables).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'BAD_USER_INPUT') throw list.toNewest()
      throw error
    }),
  )
  const { nodes = [], pageInfo } = me?.sessions ?? {}
  if (nodes.length === 0 && !list.isNewest) throw list.toNewest()

  const locale = preferredLocale(args.request)
  return {
    months: groupByMonth(nodes.map((session) => describeSession(session, locale))),
    ...list.beside(pageInfo),
  }
}

function groupByMonth(sessions: SessionText[]) {
  const months: { name: string; locale: string; sessions: SessionText[] }[] = []
  for (const session of sessions) {
    if (months.at(-1)?.name !== session.month) {
      months.push({ name: session.month, locale: session.locale, sessions: [] })
    }
    months.at(-1)?.sessions.push(session)
  }
  return months
}
