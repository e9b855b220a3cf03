import { data } from '@remix-run/node'
import { MeDocument } from '@wellness/api-client/generated/graphql'
import { askToSignIn } from '../../../../.server/askToSignIn.ts'
import { keptForm } from '../../../../.server/keptForm.ts'
import type { RouteArgs } from '../../../../.server/loadContext.ts'
import { loadPage } from '../../../../.server/loadPage.ts'

export async function loadDelete(args: RouteArgs) {
  const { me } = await loadPage(args, (api) => api.request(MeDocument))
  if (!me) throw askToSignIn(args)
  const { searchParams } = new URL(args.request.url)
  const kept = keptForm.find(args, { userId: me.id })
  return data(
    {
      userId: me.id,
      email: me.email,
      keptEmail: (!searchParams.has('left') && kept?.values['email']) || null,
    },
    { headers: kept ? { 'set-cookie': keptForm.clear(args) } : {} },
  )
}
