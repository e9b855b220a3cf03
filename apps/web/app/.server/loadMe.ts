import { MeDocument } from '@wellness/api-client/operations'
import type { ProfileFragment } from '@wellness/api-client/operations'
import { askToSignIn } from './askToSignIn.ts'
import type { RouteArgs } from './loadContext.ts'
import { loadPage } from './loadPage.ts'

/** Whose page this is. */
export async function loadMe(args: RouteArgs): Promise<ProfileFragment> {
  const { me } = await loadPage(args, (api) => api.request(MeDocument))
  if (!me) throw askToSignIn(args)
  return me
}
