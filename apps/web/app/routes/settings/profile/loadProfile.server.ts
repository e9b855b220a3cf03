import { data } from '@remix-run/node'
import { MeDocument } from '@wellness/api-client/generated/graphql'
import { askToSignIn } from '../../../.server/askToSignIn.ts'
import { keptForm } from '../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../.server/loadContext.ts'
import { loadPage } from '../../../.server/loadPage.ts'

export async function loadProfile(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(MeDocument))
  if (!me) throw askToSignIn(args)
  const kept = keptForm.find(args, { userId: me.id })
  return data(
    {
      userId: me.id,
      email: me.email,
      name: me.name,
      keptName: kept?.values['name'] ?? null,
      isSaved: new URL(args.request.url).searchParams.has('saved'),
    },
    { headers: kept ? { 'set-cookie': keptForm.clear(args) } : {} },
  )
}
