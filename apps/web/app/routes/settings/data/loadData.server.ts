import { data } from '@remix-run/node'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadMe } from '../../../.server/loadMe.ts'
import { takeFormNews } from '../takeFormNews.server.ts'

export async function loadData(args: RouteArgs) {
  const me = await loadMe(args)
  const { kept, done, headers } = takeFormNews(args, me, 'export-too-often', 'export-away')
  return data({ userId: me.id, isWaiting: kept !== null, failure: done }, { headers })
}
