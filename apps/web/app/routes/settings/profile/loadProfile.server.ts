import { data } from '@remix-run/node'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadMe } from '../../../.server/loadMe.ts'
import { takeFormNews } from '../takeFormNews.server.ts'

export async function loadProfile(args: RouteArgs) {
  const { id, email, name } = await loadMe(args)
  const { kept, done, headers } = takeFormNews(args, { id }, 'name-saved')
  return data(
    { userId: id, email, name, keptName: kept?.['name'] ?? null, isSaved: done !== null },
    { headers },
  )
}
