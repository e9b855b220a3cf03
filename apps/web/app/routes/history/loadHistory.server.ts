import { ApiError } from '@wellness/api-client/apiError'
import { HistoryDocument } from '@wellness/api-client/operations'
import type { SessionFieldsFragment } from '@wellness/api-client/operations'
import { dateTimeFormat } from '../../.server/dateTimeFormat.ts'
import { describeListed } from '../../.server/describeListed.ts'
import { listWindow } from '../../.server/listWindow.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loadPage } from '../../.server/loadPage.ts'
import { preferredLocale } from '../../.server/preferredLocale.ts'
import type { ListedSession } from '../../features/sessions/SessionList.tsx'

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
    locale,
    months: groupByMonth(nodes, locale),
    ...list.beside(pageInfo),
  }
}

function groupByMonth(sessions: SessionFieldsFragment[], locale: string) {
  const months: { name: string; sessions: ListedSession[] }[] = []
  for (const session of sessions) {
    const name = dateTimeFormat(locale, session.timeZone, 'month').format(new Date(session.startedAt))
    if (months.at(-1)?.name !== name) months.push({ name, sessions: [] })
    months.at(-1)?.sessions.push(describeListed(session, locale))
  }
  return months
}
