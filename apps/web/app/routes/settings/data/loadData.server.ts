import { data } from '@remix-run/node'
import { MeDocument } from '@wellness/api-client/generated/graphql'
import { askToSignIn } from '../../../.server/askToSignIn.ts'
import { keptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadPage } from '../../../.server/loadPage.ts'

export async function loadData(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(MeDocument))
  if (!me) throw askToSignIn(args)
  const { searchParams } = new URL(args.request.url)
  const kept = keptForm.find(args, { userId: me.id })
  return data(
    {
      userId: me.id,
      isWaiting: kept !== null && !searchParams.has('left'),
      failed: searchParams.get('failed'),
    },
    { headers: kept ? { 'set-cookie': keptForm.clear(args) } : {} },
  )
}
