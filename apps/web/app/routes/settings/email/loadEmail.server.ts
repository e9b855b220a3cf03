import { data } from '@remix-run/node'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadMe } from '../../../.server/loadMe.ts'
import { sentTo } from '../../../.server/sentTo.ts'
import { takeFormNews } from '../takeFormNews.server.ts'

export async function loadEmail(args: RouteArgs) {
  const me = await loadMe(args)
  const { kept, done, headers } = takeFormNews(args, me, 'email-link-sent')
  return data(
    {
      userId: me.id,
      email: me.email,
      keptEmail: kept?.['newEmail'] ?? null,
      sentTo: done && sentTo.find(args.request, args.context.config),
    },
    { headers },
  )
}
