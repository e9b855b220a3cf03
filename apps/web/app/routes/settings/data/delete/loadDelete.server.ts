import { data } from '@remix-run/node'
import type { RouteArgs } from '../../../../.server/loadContext.ts'
import { loadMe } from '../../../../.server/loadMe.ts'
import { takeFormNews } from '../../takeFormNews.server.ts'

export async function loadDelete(args: RouteArgs) {
  const me = await loadMe(args)
  const { kept, headers } = takeFormNews(args, me)
  return data({ userId: me.id, email: me.email, keptEmail: kept?.['email'] ?? null }, { headers })
}
