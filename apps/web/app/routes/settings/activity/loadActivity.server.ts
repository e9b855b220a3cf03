import { ApiError } from '@wellness/api-client/apiError'
import { SecurityEventsDocument } from '@wellness/api-client/operations'
import { describeMoment } from '../../../.server/describeMoment.ts'
import { listWindow } from '../../../.server/listWindow.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadPage } from '../../../.server/loadPage.ts'
import { preferredLocale } from '../../../.server/preferredLocale.ts'

const PAGE_SIZE = 20

/** One page of what happened to the safety of the account. */
export async function loadActivity(args: RouteArgs) {
  const list = listWindow(args.request, PAGE_SIZE)
  const { me } = await loadPage(args, (api) =>
    api.request(SecurityEventsDocument, list.variables).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'BAD_USER_INPUT') throw list.toNewest()
      throw error
    }),
  )
  const { nodes = [], pageInfo } = me?.securityEvents ?? {}
  if (nodes.length === 0 && !list.isNewest) throw list.toNewest()

  const locale = preferredLocale(args.request)
  return {
    events: nodes.map(({ id, kind, occurredAt, device, ipAddress }) => ({
      id,
      kind,
      moment: describeMoment(occurredAt, locale),
      from: [device, ipAddress].filter(Boolean).join(', '),
    })),
    ...list.beside(pageInfo),
  }
}
