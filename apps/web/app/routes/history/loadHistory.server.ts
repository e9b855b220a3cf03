import { redirect } from '@remix-run/node'
import { ApiError } from '@wellness/api-client/apiError'
import { HistoryDocument } from '@wellness/api-client/generated/graphql'
import type { HistoryQueryVariables } from '@wellness/api-client/generated/graphql'
import { describeSession } from '../../.server/describeSession.ts'
import type { SessionText } from '../../.server/describeSession.ts'
import type { RouteArgs } from '../../.server/loadContext.ts'
import { loadPage } from '../../.server/loadPage.ts'
import { preferredLocale } from '../../.server/preferredLocale.ts'

const PAGE_SIZE = 20

/** One page of the history, grouped by month, and the addresses of the pages beside it. */
export async function loadHistory(args: RouteArgs) {
  const { searchParams } = new URL(args.request.url)
  const after = searchParams.get('after')
  const before = searchParams.get('before')
  const window: HistoryQueryVariables = before ? { last: PAGE_SIZE, before } : { first: PAGE_SIZE, after }

  const { me } = await loadPage(args, (api) =>
    api.request(HistoryDocument, window).catch((error: unknown) => {
      // An address that was cut short or made up: the newest page is what its reader wants.
      if (error instanceof ApiError && error.code === 'BAD_USER_INPUT') throw redirect('/history')
      throw error
    }),
  )
  const { nodes = [], pageInfo } = me?.sessions ?? {}
  if (nodes.length === 0 && (after || before)) throw redirect('/history')

  const locale = preferredLocale(args.request)
  return {
    months: groupByMonth(nodes.map((session) => describeSession(session, locale))),
    newer: pageInfo?.hasPreviousPage && pageInfo.startCursor ? address('before', pageInfo.startCursor) : null,
    older: pageInfo?.hasNextPage && pageInfo.endCursor ? address('after', pageInfo.endCursor) : null,
  }
}

function address(name: string, cursor: string): string {
  return `/history?${new URLSearchParams({ [name]: cursor })}`
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
